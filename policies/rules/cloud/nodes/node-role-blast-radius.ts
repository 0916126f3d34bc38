import { NODE_POLICIES } from "../../../../core/data/aws-managed-policies.js";
import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { identityDocuments, ROLE } from "../../../lib/iam-policies.js";
import { managedName, RIGHTS_TYPES, worstPower } from "../../../lib/iam-rights.js";
import { statementsOf } from "../../../lib/iam.js";
import { matchesWildcard } from "../../../lib/wildcards.js";
import type { ExampleValue, Severity, Verdict } from "../../../model.js";
import type { Found } from "../../../shapes.js";
import { onWorld } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const INLINE = "aws:iam/rolePolicy:RolePolicy";

/**
 * What kubelet, VPC CNI, image pulls (through a cache too) and the agents of AWS on nodes call (EKS user guide, "Amazon EKS
 * node IAM role"; the policies named there).
 */
const OF_NODES = [
  ..."Assign*PrivateIpAddresses,Assign*Ipv6Addresses,AttachNetworkInterface,CreateNetworkInterface,CreateTags".split(
    ",",
  ),
  ..."DeleteNetworkInterface,Describe*,DetachNetworkInterface,ModifyNetworkInterfaceAttribute".split(","),
  ..."UnassignPrivateIpAddresses,UnassignIpv6Addresses".split(","),
]
  .map((action) => `ec2:${action}`)
  .concat(
    ..."BatchCheckLayerAvailability,BatchGetImage,BatchImportUpstreamImage,CreateRepository"
      .split(",")
      .map((a) => `ecr:${a}`),
    ..."GetAuthorizationToken,GetDownloadUrlForLayer".split(",").map((a) => `ecr:${a}`),
    ["cloudwatch:PutMetricData", "eks-auth:AssumeRoleForPodIdentity", "eks:DescribeCluster", "ec2messages:*"],
    ["logs:CreateLogStream", "logs:Describe*", "logs:PutLogEvents", "ssm:UpdateInstanceInformation", "ssmmessages:*"],
  );

function attached(policy: ExampleValue) {
  return [
    planned(ATTACHMENT, "more", { role: ref("node", "name"), policyArn: policy }),
    planned(ROLE, "node", {}),
    planned(NODE_GROUP, "workers", { nodeRoleArn: ref("node", "arn") }),
  ];
}

function inline(action: ExampleValue) {
  const policy = json({ Statement: { Effect: "Allow", Action: action, Resource: "*" } });
  return [
    planned(INLINE, "more", { role: ref("node", "name"), policy }),
    ...attached("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy").slice(1),
  ];
}

/**
 * The role of a managed node group holds what nodes call, and nothing for the programs that run on them. Powers over the
 * account matter most; anything else less.
 */
export const nodeRoleBlastRadius = defineRule({
  id: "node-role-blast-radius",
  title: "the role of a node holds what nodes need, and nothing for pods",
  ring: "cloud",
  severity: "critical",
  rationale:
    "A pod that gets out of its container, or to the metadata service, is the node. What the node's role may do, every pod on it may then do, of whichever team.",
  remediation:
    'new aws.eks.PodIdentityAssociation("web", { clusterName: cluster.name, namespace: "vote", serviceAccount: "web", roleArn: role.arn })  // and detach the policy from the node',
  references: references("catalogue/cross-ring-rules.csv: N5", { "owasp-k8s": ["K08"], attack: ["T1078.004"] }),
  since: "0.1.0",
  covers: ["iam-no-admin-managed-policy", "iam-node-role-ecr-read-only"],
  examples: {
    fail: [
      {
        title: "every bucket of the account",
        resources: attached("arn:aws:iam::aws:policy/AmazonS3FullAccess"),
        path: "policyArn",
      },
      { title: "a queue of one program", resources: inline("sqs:ReceiveMessage"), path: "policy.Statement.Action" },
    ],
    pass: [
      {
        title: "the policy for nodes that can be reached by Session Manager",
        resources: attached("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
      },
      {
        title: "filling a pull-through cache is a pull",
        resources: inline(["ecr:BatchImportUpstreamImage", "ec2:Describe*"]),
      },
    ],
    unknown: [
      { title: "the policy is an output", resources: attached(unresolved("string")), path: "policyArn" },
      {
        title: "the role is not in this plan",
        resources: [planned(NODE_GROUP, "workers", { nodeRoleArn: "arn:aws:iam::111122223333:role/node" })],
        path: "nodeRoleArn",
      },
    ],
  },
  ...onWorld([NODE_GROUP, ...RIGHTS_TYPES], function* ({ world }) {
    const roles = new Set<PlannedResource>();
    for (const group of world.ofType(NODE_GROUP)) {
      const at = world.inputsOf(group).at("nodeRoleArn");
      const [role] = world.resolve(group, at).filter((r) => r.type === ROLE);
      if (role !== undefined) roles.add(role);
      else if (!at.isAbsent)
        yield {
          resource: group,
          verdict: unknown(at, `what the role of node group '${group.name}' may do is not known from this plan`),
        };
    }
    for (const role of roles) yield* judgeRole(world, role);
  }),
});

function* judgeRole(world: World, role: PlannedResource): Iterable<Found> {
  const power = worstPower(world, role);
  const severity: Severity = power === undefined ? "medium" : power.kind === "data" ? "high" : "critical";
  const reach = power?.certain === true ? `: whoever leaves a container there may do ${power.what}` : "";
  const says = (what: string) => `role '${role.name}' of the nodes ${what}, which nodes do not need${reach}`;
  const judge = (at: Cursor, isOfNodes: boolean, what: string): Verdict =>
    isOfNodes ? pass() : fail(at, says(what), { severity });
  const undecided = `what role '${role.name}' of the nodes may do is not known before the deployment`;
  for (const { resource, at } of policiesOf(world, role)) {
    const name = managedName(at.text());
    if (name !== undefined) yield { resource, verdict: judge(at, NODE_POLICIES.has(name), `has ${name}`) };
    else if (!at.isAbsent)
      yield { resource, verdict: resourceIsPlanned(world, resource, at) ?? unknown(at, undecided) };
  }
  for (const { resource, at } of documentsOf(world, role)) {
    const statements = statementsOf(at);
    if (statements === UNKNOWN) yield { resource, verdict: unknown(at, undecided) };
    else
      for (const statement of statements.filter(({ effect }) => effect !== "Deny")) {
        const { actions, notActions } = statement;
        if (!notActions.isAbsent) yield { resource, verdict: judge(notActions, false, "may do all but some actions") };
        const texts = actions.items().map((item) => item.text());
        const other = texts.find(
          (text) => typeof text === "string" && !OF_NODES.some((own) => matchesWildcard(own, text)),
        );
        if (texts.includes(UNKNOWN)) yield { resource, verdict: unknown(actions, undecided) };
        else if (notActions.isAbsent)
          yield { resource, verdict: judge(actions, other === undefined, `may ${String(other)}`) };
      }
  }
}

/** A planned policy is judged by its document. */
function resourceIsPlanned(world: World, resource: PlannedResource, at: Cursor): Verdict | undefined {
  return world.resolve(resource, at).some((r) => r.type === "aws:iam/policy:Policy")
    ? notApplicable("its document is judged")
    : undefined;
}

function attachmentsOf(world: World, role: PlannedResource, type: string): readonly PlannedResource[] {
  const mentions = world.mentionsOf(role.urn).filter(({ path }) => path === "role");
  return mentions.map(({ resource }) => resource).filter((resource) => resource.type === type);
}

/** The places where policies that stand by themselves are attached to a role. */
function policiesOf(world: World, role: PlannedResource) {
  const list = world.inputsOf(role).at("managedPolicyArns");
  const own = (list.isUnknown ? [list] : list.items()).map((at) => ({ resource: role, at }));
  const attachments = attachmentsOf(world, role, ATTACHMENT);
  return [...own, ...attachments.map((resource) => ({ resource, at: world.inputsOf(resource).at("policyArn") }))];
}

/** The documents of a role: inline ones, and those of planned policies. */
function documentsOf(world: World, role: PlannedResource) {
  const attachedPolicies = policiesOf(world, role).flatMap(({ resource, at }) =>
    world.resolve(resource, at).filter((r) => r.type === "aws:iam/policy:Policy"),
  );
  return [role, ...attachmentsOf(world, role, INLINE), ...attachedPolicies].flatMap((resource) =>
    identityDocuments(resource, world.inputsOf(resource)).map((at) => ({ resource, at })),
  );
}
