import type { PlannedResource } from "../../../../plan/model/index.js";
import { EKS_CLUSTER } from "../../../../plan/world/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, json, manifest, planned, ref } from "../../../examples.js";
import { EKS_ADDON, hasAddon, isAutoMode } from "../../../lib/eks.js";
import { SYSTEM_NAMESPACES } from "../../../lib/namespaces.js";
import { associatedAccount, ASSOCIATION, trustsPodIdentity } from "../../../lib/pod-identity.js";
import type { Verdict } from "../../../model.js";
import { labelOf, onWorld } from "../../../shapes.js";
import type { Found } from "../../../shapes.js";
import { expectRead, fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const CLUSTER = [
  ...cluster(),
  planned(EKS_ADDON, "agent", { clusterName: ref("prod", "name"), addonName: "eks-pod-identity-agent" }),
];
const ASSOCIATED = planned(ASSOCIATION, "vote-role", {
  clusterName: ref("prod", "name"),
  namespace: "vote",
  serviceAccount: "vote",
  roleArn: ref("role", "arn"),
});
const TRUSTED = trust(["sts:AssumeRole", "sts:TagSession"]);
const ACCOUNT = account("vote");
const OTHER_ACCOUNT = account("result");

function trust(actions: readonly string[]) {
  return planned("aws:iam/role:Role", "role", {
    assumeRolePolicy: json({
      Statement: [{ Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" }, Action: actions }],
    }),
  });
}

function account(name: string) {
  return manifest(
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "vote" } },
    { provider: "k8s" },
  );
}

/**
 * The service account is planned and asks for no other role, the role trusts `pods.eks.amazonaws.com` with
 * `sts:AssumeRole` and `sts:TagSession`, and the agent runs (EKS user guide, "EKS Pod Identity"). Service accounts in
 * the namespaces of Kubernetes itself come with add-ons.
 */
export const podIdentityAssociationConsistent = defineRule({
  id: "pod-identity-association-consistent",
  title: "a Pod Identity association finds its service account, its role and its agent",
  ring: "cloud",
  severity: "medium",
  rationale:
    "When one of the four does not fit, the pod gets no credentials, or others than meant: it then falls back to the role of its node, or somebody gives that role more.",
  remediation:
    'assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] }] })',
  references: references("catalogue/cross-ring-rules.csv: N3", { "owasp-k8s": ["K08"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "no such service account",
        resources: [ASSOCIATED, TRUSTED, ...CLUSTER, OTHER_ACCOUNT],
        path: "serviceAccount",
      },
      {
        title: "the role does not let the session be tagged",
        resources: [ASSOCIATED, trust(["sts:AssumeRole"]), ...CLUSTER, ACCOUNT],
        path: "assumeRolePolicy",
        on: "role",
      },
      {
        title: "the agent is missing",
        resources: [ASSOCIATED, TRUSTED, ...cluster(), ACCOUNT],
        path: "clusterName",
      },
      {
        title: "the service account asks for another role as well",
        resources: [
          ASSOCIATED,
          TRUSTED,
          ...CLUSTER,
          manifest(
            {
              apiVersion: "v1",
              kind: "ServiceAccount",
              metadata: {
                name: "vote",
                namespace: "vote",
                annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/old" },
              },
            },
            { provider: "k8s" },
          ),
        ],
        path: 'metadata.annotations["eks.amazonaws.com/role-arn"]',
        on: "vote",
      },
    ],
    pass: [{ title: "all four fit", resources: [ASSOCIATED, TRUSTED, ...CLUSTER, ACCOUNT] }],
    unknown: [
      {
        title: "the role is not in this plan",
        resources: [
          planned(ASSOCIATION, "vote-role", {
            clusterName: ref("prod", "name"),
            namespace: "vote",
            serviceAccount: "vote",
            roleArn: "arn:aws:iam::111122223333:role/vote",
          }),
          ...CLUSTER,
          ACCOUNT,
        ],
        path: "roleArn",
      },
    ],
  },
  ...onWorld(
    [ASSOCIATION, "aws:iam/role:Role", EKS_ADDON, EKS_CLUSTER, "kubernetes:core/v1:ServiceAccount"],
    function* ({ world }) {
      for (const association of world.ofType(ASSOCIATION)) {
        const inputs = world.inputsOf(association);
        const named = inputs.at("clusterName");
        const [eks] = world.resolve(association, named).filter((r) => r.type === EKS_CLUSTER);
        const elsewhere = unknown(named, `the cluster of association '${association.name}' is not in this plan`);
        yield judgeRole(world, association, inputs.at("roleArn"));
        yield { resource: association, verdict: eks === undefined ? elsewhere : judgeAgent(world, eks, named) };
        if (eks !== undefined) yield judgeAccount(world, association, inputs.at("serviceAccount"), eks);
      }
    },
  ),
});

function judgeRole(world: World, association: PlannedResource, at: Cursor): Found {
  const [role] = world.resolve(association, at).filter((r) => r.type === "aws:iam/role:Role");
  if (role === undefined) {
    const message = `the role of association '${association.name}' is not in this plan, so nobody can tell whether it trusts Pod Identity`;
    return { resource: association, verdict: unknown(at, message) };
  }
  const policy = world.inputsOf(role).at("assumeRolePolicy");
  const verdict = expectRead(policy, trustsPodIdentity(policy), {
    absent: false,
    accept: (value) => value,
    message: `role '${role.name}' does not let Pod Identity assume it with tags, so the pods of association '${association.name}' get no credentials`,
    undecided: `whom role '${role.name}' trusts is not known before the deployment`,
  });
  return { resource: verdict.kind === "pass" ? association : role, verdict };
}

function judgeAgent(world: World, eks: PlannedResource, at: Cursor): Verdict {
  return expectRead(at, some([hasAddon(world, eks, "eks-pod-identity-agent"), isAutoMode(world, eks)]), {
    absent: false,
    accept: (value) => value,
    message: `cluster '${eks.name}' has no eks-pod-identity-agent, so its associations give nobody credentials`,
    undecided: `whether cluster '${eks.name}' has an eks-pod-identity-agent is not known`,
  });
}

function judgeAccount(world: World, association: PlannedResource, at: Cursor, eks: PlannedResource): Found {
  const { object, namespace, name, readable } = associatedAccount(world, association, eks);
  const found = (verdict: Verdict): Found => ({ resource: association, verdict });
  if (object !== undefined) {
    const irsa = object.root.at("metadata", "annotations", "eks.amazonaws.com/role-arn");
    if (irsa.isAbsent) return found(pass());
    const message = `${labelOf(object)} asks for a role by annotation too, and only one of the two wins`;
    return { resource: object.resource, verdict: fail(irsa, message) };
  }
  if (namespace !== undefined && SYSTEM_NAMESPACES.has(namespace))
    return found(notApplicable("an add-on brings the service account"));
  if (!readable || namespace === undefined || name === undefined)
    return found(
      unknown(at, `nothing in this plan tells whether the service account of association '${association.name}' exists`),
    );
  return found(fail(at, `no planned service account '${namespace}/${name}' uses association '${association.name}'`));
}
