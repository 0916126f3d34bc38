import { EKS_CLUSTER } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { ACCESS_POLICY, clusterAdmins, wayToAdmin } from "../../../lib/cluster-admins.js";
import {
  IDENTITY_POLICY_TYPES,
  isAdministrator,
  isBoundaryOnly,
  POLICY,
  ROLE,
  identityDocuments,
} from "../../../lib/iam-policies.js";
import { statementsOf } from "../../../lib/iam.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import type { ExampleValue } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const CLUSTER = planned(EKS_CLUSTER, "prod", { name: "prod" });
const ADMIN = [
  planned(ROLE, "platform", { name: "platform" }),
  planned(ACCESS_POLICY, "platform-admin", {
    clusterName: ref("prod", "name"),
    principalArn: ref("platform", "arn"),
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    accessScope: { type: "cluster" },
  }),
];

function granting(statement: { readonly [key: string]: ExampleValue }) {
  return [planned(POLICY, "ci", { policy: json({ Statement: { Effect: "Allow", ...statement } }) }), CLUSTER];
}

/**
 * No policy of identities lets its holder change who administrates a planned cluster, or act as one who does. Those who
 * administrate it already, and grants of everything, which a rule of its own reports, are left out.
 */
export const cloudIamToClusterAdmin = defineRule({
  id: "cloud-iam-to-cluster-admin",
  title: "no right in IAM makes its holder administrator of the cluster",
  ring: "cloud",
  severity: "high",
  rationale:
    "Access entries move the question of who administrates the cluster into IAM. Who may write them, open the endpoint, add an identity provider, or assume the administrator's role, administrates the cluster one call later.",
  remediation:
    'Action: ["eks:DescribeCluster"], Resource: cluster.arn  // and leave access entries to the role that the platform team assumes',
  references: references("catalogue/cross-ring-rules.csv: N8", { "owasp-k8s": ["K09"], attack: ["T1098.006"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "writes access entries",
        resources: granting({ Action: ["eks:CreateAccessEntry", "eks:AssociateAccessPolicy"], Resource: "*" }),
        path: "policy",
      },
      {
        title: "changes the cluster by its name",
        resources: granting({ Action: "eks:Update*", Resource: "arn:aws:eks:*:*:cluster/prod" }),
        path: "policy",
      },
      {
        title: "assumes the administrator's role",
        resources: [...granting({ Action: "sts:AssumeRole", Resource: ref("platform", "arn") }), ...ADMIN],
        path: "policy",
      },
    ],
    pass: [
      { title: "reads", resources: granting({ Action: ["eks:Describe*", "eks:List*"], Resource: "*" }) },
      {
        title: "another cluster",
        resources: granting({ Action: "eks:UpdateClusterConfig", Resource: "arn:aws:eks:*:*:cluster/test" }),
      },
      {
        title: "gives others the right to look, and nothing more",
        resources: granting({
          Action: ["eks:CreateAccessEntry", "eks:AssociateAccessPolicy"],
          Resource: "*",
          Condition: { ArnLike: { "eks:policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy" } },
        }),
      },
    ],
    unknown: [
      {
        title: "the actions are an output",
        resources: granting({ Action: unresolved("list"), Resource: "*" }),
        path: "policy",
      },
    ],
  },
  ...onResource([...IDENTITY_POLICY_TYPES, EKS_CLUSTER, ACCESS_POLICY], ({ resource: holder, inputs, world }) => {
    if (holder.type === EKS_CLUSTER || holder.type === ACCESS_POLICY) return notApplicable("policies are judged");
    const clusters = world.ofType(EKS_CLUSTER);
    if (clusters.length === 0) return notApplicable("no cluster is in this plan");
    if (isBoundaryOnly(world, holder)) return notApplicable("it is a permissions boundary, which grants nothing");
    const admins = new Set(clusterAdmins(world).flatMap(({ role }) => role ?? []));
    const owners = [holder, ...world.resolve(holder, inputs.at("role"))];
    if (owners.some((role) => admins.has(role))) return notApplicable("its role administrates the cluster already");
    return identityDocuments(holder, inputs).flatMap((document) => {
      const statements = statementsOf(document);
      const undecided = `whether '${holder.name}' makes its holder administrator of a cluster is not known before the deployment`;
      if (statements === UNKNOWN) return [unknown(document, undecided)];
      const held = statements.filter((statement) => !isAdministrator(statement)).map((s) => ({ ...s, holder }));
      return clusters.map((cluster) => {
        const way = wayToAdmin(world, held, cluster);
        if (way === undefined) return pass();
        return way.certain
          ? fail(
              document,
              `'${holder.name}' makes its holder administrator of cluster '${cluster.name}' by ${way.what}`,
            )
          : unknown(document, undecided);
      });
    });
  }),
});
