import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, deployment, json, manifest, planned, ref, unresolved } from "../../../examples.js";
import { exposures } from "../../../lib/exposure.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { RIGHTS_TYPES, worstPower } from "../../../lib/iam-rights.js";
import { rolesOfAccount } from "../../../lib/pod-roles.js";
import { ASSOCIATION } from "../../../lib/pod-identity.js";
import { accountName } from "../../../lib/service-accounts.js";
import type { ExampleObject, ExampleValue } from "../../../model.js";
import { labelOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import type { PodView } from "../../../shapes.js";
import type { Verdict } from "../../../model.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const ACCOUNT_PATH = "spec.template.spec.serviceAccountName";

function exposed(action: ExampleValue, spec: ExampleObject = { type: "LoadBalancer" }) {
  return [
    deployment("web", { serviceAccountName: "web", containers: [] }, { provider: "k8s" }),
    manifest(
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web", namespace: "vote" },
        spec: { selector: { app: "web" }, ...spec },
      },
      { provider: "k8s", as: "web-service" },
    ),
    planned(ASSOCIATION, "web-role", {
      clusterName: ref("prod", "name"),
      namespace: "vote",
      serviceAccount: "web",
      roleArn: ref("role", "arn"),
    }),
    planned(ROLE, "role", {}),
    planned("aws:iam/rolePolicy:RolePolicy", "policy", {
      role: ref("role", "id"),
      policy: json({ Statement: { Effect: "Allow", Action: action, Resource: "*" } }),
    }),
    ...cluster(),
  ];
}

/**
 * A pod that a Service or an ingress opens to the internet has no role that administrates the account, gives itself more
 * rights, or reads all data of a kind. What boundaries and other statements forbid is taken off.
 */
export const exposedWorkloadEffectiveAwsPrivilege = defineRule({
  id: "exposed-workload-effective-aws-privilege",
  title: "what the internet reaches has no power over the account",
  ring: "cloud",
  severity: "critical",
  rationale:
    "One hole in a program that everybody can talk to hands over its role. With these rights that is not one program any more: it is the data, or the whole account.",
  remediation:
    'Resource: [table.arn]  // the resources that the program uses, in place of "*"; or another role for what is not exposed',
  references: references("catalogue/cross-ring-rules.csv: N6", {
    "owasp-k8s": ["K06", "K08"],
    attack: ["T1190"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "everything, behind a public load balancer", resources: exposed("*"), path: ACCOUNT_PATH },
      {
        title: "a way to more rights",
        resources: exposed(["iam:PassRole", "ec2:RunInstances"]),
        path: ACCOUNT_PATH,
      },
    ],
    pass: [
      { title: "puts metrics", resources: exposed("cloudwatch:PutMetricData") },
      {
        title: "everything, and the Service stays in the cluster",
        resources: exposed("*", { type: "ClusterIP" }),
      },
    ],
    unknown: [
      {
        title: "whether the load balancer is public is an output",
        resources: exposed("*", { type: unresolved("string") }),
        path: ACCOUNT_PATH,
      },
      {
        title: "what the role may do is an output",
        resources: exposed(unresolved("string")),
        path: ACCOUNT_PATH,
      },
    ],
  },
  ...onPods((pod) => {
    const { object } = pod.workload;
    const at = pod.spec.at("serviceAccountName");
    const exposure = exposures(pod.world).get(pod.workload);
    if (exposure === undefined) return pass();
    const name = accountName(pod);
    if (name === UNKNOWN || object.namespace === undefined)
      return unknown(
        at,
        `which role ${pod.label}, which the internet may reach, has is not known before the deployment`,
      );
    const account = { cluster: object.cluster, namespace: object.namespace, name };
    const roles = rolesOfAccount(pod.world, account).map(({ role }) => role);
    if (roles.length === 0) return notApplicable("it has no role in this plan");
    const verdicts = [...new Set(roles)].map((role) => judge(pod, role));
    return verdicts;
  }),
  reads: [
    ...WORKLOAD_TYPES,
    "kubernetes:core/v1:Service",
    "kubernetes:networking.k8s.io/v1:Ingress",
    ASSOCIATION,
    ...RIGHTS_TYPES,
  ],
});

function judge(pod: PodView, role: Parameters<typeof worstPower>[1]): Verdict {
  const exposure = exposures(pod.world).get(pod.workload);
  const power = worstPower(pod.world, role);
  if (power === undefined || exposure === undefined) return pass();
  const at = pod.spec.at("serviceAccountName");
  const way = labelOf(exposure.by);
  if (!power.certain || !exposure.certain)
    return unknown(
      at,
      `whether the internet reaches ${pod.label} by ${way}, and so '${role.name}' with ${power.what}, is not known from this plan`,
    );
  const severity = power.kind === "data" ? "high" : "critical";
  return fail(at, `the internet reaches ${pod.label} by ${way}, and its role '${role.name}' may do ${power.what}`, {
    severity,
  });
}
