import type { PlannedResource } from "../../../../plan/model/index.js";
import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, json, manifest, planned, ref, unresolved } from "../../../examples.js";
import { ROLE } from "../../../lib/iam-policies.js";
import type { TokenTrust } from "../../../lib/irsa.js";
import {
  admits,
  claimKey,
  clustersOfProvider,
  OIDC_PROVIDER,
  ROLE_ANNOTATION,
  tokenTrusts,
} from "../../../lib/irsa.js";
import { SYSTEM_NAMESPACES } from "../../../lib/namespaces.js";
import { annotatedRole, plannedAccounts } from "../../../lib/pod-roles.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import type { Found } from "../../../shapes.js";
import { labelOf, onWorld } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const ANNOTATION_PATH = `metadata.annotations["${ROLE_ANNOTATION}"]`;
const SUB = claimKey("prod", "sub");
const CLUSTER = [...cluster(), planned(OIDC_PROVIDER, "oidc", { url: ref("prod", "identities[0].oidcs[0].issuer") })];

function role(account: ExampleValue) {
  const statement = {
    Effect: "Allow",
    Principal: { Federated: ref("oidc", "arn") },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [SUB]: account } },
  };
  return planned(ROLE, "role", { name: "vote-web", assumeRolePolicy: json({ Statement: statement }) });
}

function account(arn: ExampleValue, name = "web") {
  const metadata = { name, namespace: "vote", annotations: { [ROLE_ANNOTATION]: arn } };
  return manifest({ apiVersion: "v1", kind: "ServiceAccount", metadata }, { provider: "k8s" });
}

/**
 * A role that trusts a service account of a planned cluster finds it in the plan, and a service account that names a role
 * finds a role that trusts it. Service accounts of Kubernetes' own namespaces come with add-ons.
 */
export const irsaNoDanglingIdentity = defineRule({
  id: "irsa-no-dangling-identity",
  title: "service accounts and the roles for them find each other",
  ring: "cluster",
  severity: "medium",
  rationale:
    "A role that trusts a service account which is not there waits for whoever may create one of that name. A service account whose role does not fit gives its pods no credentials, so that they fall back to the role of their node.",
  remediation:
    'metadata: { name: "web", namespace: "vote", annotations: { "eks.amazonaws.com/role-arn": role.arn } }  // the names that the trust policy has',
  references: references("catalogue/cross-ring-rules.csv: N2", { "owasp-k8s": ["K08"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the trust policy has a typing error",
        resources: [account(ref("role", "arn")), role("system:serviceaccount:vote:wbe"), ...CLUSTER],
        path: ANNOTATION_PATH,
      },
      {
        title: "the role's service account is not planned",
        resources: [
          role("system:serviceaccount:vote:web"),
          account("arn:aws:iam::111122223333:role/other", "other"),
          ...CLUSTER,
        ],
        path: `assumeRolePolicy.Statement.Condition.StringEquals["${SUB}"]`,
      },
      {
        title: "the annotation is no ARN of a role",
        resources: [account("vote-web"), ...CLUSTER],
        path: ANNOTATION_PATH,
      },
    ],
    pass: [
      {
        title: "both name each other",
        resources: [account(ref("role", "arn")), role("system:serviceaccount:vote:web"), ...CLUSTER],
      },
      {
        title: "by the name in the ARN, and for an add-on beside it",
        resources: [
          account("arn:aws:iam::111122223333:role/vote-web"),
          role(["system:serviceaccount:vote:web", "system:serviceaccount:kube-system:ebs-csi-controller-sa"]),
          ...CLUSTER,
        ],
      },
    ],
    unknown: [
      {
        title: "the role is not in this plan",
        resources: [account("arn:aws:iam::111122223333:role/elsewhere"), ...CLUSTER],
        path: ANNOTATION_PATH,
      },
      {
        title: "nothing of the cluster's inside is in this plan",
        resources: [role("system:serviceaccount:vote:web"), ...CLUSTER],
        path: `assumeRolePolicy.Statement.Condition.StringEquals["${SUB}"]`,
      },
      { title: "the role is an output", resources: [account(unresolved("string")), ...CLUSTER], path: ANNOTATION_PATH },
    ],
  },
  ...onWorld(["kubernetes:core/v1:ServiceAccount", ROLE, OIDC_PROVIDER, EKS_CLUSTER], function* ({ world }) {
    for (const object of world.find({ kind: "ServiceAccount", group: "" }))
      if (!object.root.at("metadata", "annotations", ROLE_ANNOTATION).isAbsent)
        yield { resource: object.resource, verdict: judgeAccount(world, object) };
    for (const resource of world.ofType(ROLE)) {
      const trusts = tokenTrusts(world, resource);
      if (trusts !== UNKNOWN) for (const trust of trusts) yield* judgeTrust(world, resource, trust);
    }
  }),
});

function judgeAccount(world: World, account: KubernetesObject): Verdict {
  const at = account.root.at("metadata", "annotations", ROLE_ANNOTATION);
  const found = annotatedRole(world, account);
  const text = at.text();
  if (found === undefined && typeof text === "string" && !/^\uFFFC|^arn:/.test(text))
    return fail(at, `${labelOf(account)} names '${text}', which is no ARN of a role, so its pods get no credentials`);
  const trusts = found === undefined ? UNKNOWN : tokenTrusts(world, found.role);
  if (found === undefined || trusts === UNKNOWN || account.namespace === undefined)
    return unknown(at, `whether the role that ${labelOf(account)} names trusts it is not known from this plan`);
  const { namespace, name } = account;
  const admitted = trusts.map((trust) => admits(trust, namespace, name));
  if (admitted.includes(true)) return pass();
  return admitted.includes(UNKNOWN)
    ? unknown(at, `whether role '${found.role.name}' trusts ${labelOf(account)} is not known before the deployment`)
    : fail(at, `${labelOf(account)} names role '${found.role.name}', whose trust policy does not name it`);
}

/** Each service account that a trust names exactly is planned, when the plan shows the inside of its cluster. */
function* judgeTrust(world: World, role: PlannedResource, { provider, subjects }: TokenTrust): Iterable<Found> {
  const [eks] = provider === undefined ? [] : clustersOfProvider(world, provider);
  if (eks === undefined) return;
  const accounts = plannedAccounts(world, eks);
  for (const { values } of subjects)
    for (const item of values.items()) {
      const [, namespace = "", name = ""] =
        /^system:serviceaccount:([^:*?]+):([^:*?]+)$/.exec(String(item.string())) ?? [];
      if (name === "" || SYSTEM_NAMESPACES.has(namespace)) continue;
      if (accounts === undefined)
        yield {
          resource: role,
          verdict: unknown(
            item,
            `whether the service account that role '${role.name}' trusts exists is not known from this plan`,
          ),
        };
      else if (accounts.has(`${namespace}/${name}`)) yield { resource: role, verdict: pass() };
      else
        yield {
          resource: role,
          verdict: fail(
            item,
            `role '${role.name}' trusts service account '${namespace}/${name}', which nobody plans: whoever creates one of that name gets the role`,
          ),
        };
    }
}
