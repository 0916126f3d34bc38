import { isPlannedObject, Secret } from "../../../../plan/model/index.js";
import type { PlannedResource } from "../../../../plan/model/index.js";
import { EKS_CLUSTER } from "../../../../plan/world/index.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, secret, unresolved } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { SENSITIVE_INPUTS } from "../../../lib/sensitive-inputs.js";
import { onWorld } from "../../../shapes.js";
import { notApplicable, pass, unknown } from "../../../verdicts.js";

/** What cannot be made again. */
const PROTECTED_TYPES = [EKS_CLUSTER, "aws:kms/key:Key"];

/** Properties by which a resource guards something, each with all that lies below it. */
const GUARDING_PROPERTIES = new Map<string, readonly string[]>([
  [
    EKS_CLUSTER,
    [
      "vpcConfig.endpointPublicAccess",
      "vpcConfig.publicAccessCidrs",
      "accessConfig.authenticationMode",
      "encryptionConfig",
      "enabledClusterLogTypes",
      "deletionProtection",
    ],
  ],
  [
    "aws:ec2/launchTemplate:LaunchTemplate",
    ["metadataOptions", "blockDeviceMappings", "networkInterfaces.associatePublicIpAddress", "vpcSecurityGroupIds"],
  ],
  ["aws:ec2/securityGroup:SecurityGroup", ["ingress", "egress"]],
  ["aws:kms/key:Key", ["policy", "enableKeyRotation"]],
  ["aws:iam/role:Role", ["assumeRolePolicy", "inlinePolicies", "managedPolicyArns", "permissionsBoundary"]],
  ["aws:iam/policy:Policy", ["policy"]],
  ["aws:iam/rolePolicy:RolePolicy", ["policy"]],
  ["aws:ecr/repository:Repository", ["imageTagMutability", "imageScanningConfiguration", "encryptionConfigurations"]],
  ["kubernetes:core/v1:Namespace", ["metadata.labels"]],
  ["kubernetes:networking.k8s.io/v1:NetworkPolicy", ["spec"]],
  ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", ["rules"]],
  ["kubernetes:rbac.authorization.k8s.io/v1:Role", ["rules"]],
  ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", ["subjects", "roleRef"]],
  ["kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", ["subjects", "roleRef"]],
  ...["Deployment", "StatefulSet", "DaemonSet"].map(
    (kind) =>
      [
        `kubernetes:apps/v1:${kind}`,
        [
          "spec.template.spec.securityContext",
          "spec.template.spec.containers.securityContext",
          "spec.template.spec.containers.image",
        ],
      ] as const,
  ),
]);

/**
 * Clusters and customer keys are protected, no `ignoreChanges` covers a property that guards something, and what is a
 * password is marked secret, so that the state does not hold it in the clear.
 */
export const pulumiOptionsSafe = defineRule({
  id: "pulumi-options-safe",
  title: "the options of the program keep what its arguments promise",
  ring: "cloud",
  severity: "medium",
  rationale:
    "An option can undo an argument without touching it: ignored changes let somebody open the endpoint in the console for good, a missing `protect` lets a renamed argument destroy the key, and an unmarked password is readable to everybody who reads the state.",
  remediation:
    "{ protect: true }  // as the options of the cluster and of each key; and pulumi.secret(...) around passwords",
  references: references("catalogue/cross-ring-rules.csv: N32", { "owasp-k8s": ["K03"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a key without protection",
        resources: [planned("aws:kms/key:Key", "secrets", {})],
        path: "options.protect",
      },
      {
        title: "changes of the endpoint are ignored",
        resources: [planned(EKS_CLUSTER, "prod", {}, { options: { protect: true, ignoreChanges: ["vpcConfig"] } })],
        path: "options.ignoreChanges[0]",
      },
      {
        title: "a password in the clear",
        resources: [planned("aws:rds/instance:Instance", "db", { password: "hunter2" })],
        path: "password",
      },
    ],
    pass: [
      {
        title: "protected, and only the size is left to the autoscaler",
        resources: [planned(EKS_CLUSTER, "prod", {}, { options: { protect: true, ignoreChanges: ["tags"] } })],
      },
      {
        title: "a password that is marked",
        resources: [planned("aws:rds/instance:Instance", "db", { password: secret("hunter2") })],
      },
    ],
    unknown: [
      {
        title: "a password that may be an unmarked output",
        resources: [planned("aws:rds/instance:Instance", "db", { password: unresolved("string") })],
        path: "password",
      },
    ],
  },
  ...onWorld([...PROTECTED_TYPES, ...GUARDING_PROPERTIES.keys(), ...SENSITIVE_INPUTS.keys()], function* ({ world }) {
    for (const resource of registered(world, ...PROTECTED_TYPES)) yield { resource, verdict: judgeProtect(resource) };
    for (const [type, properties] of GUARDING_PROPERTIES)
      for (const resource of registered(world, type))
        for (const verdict of judgeIgnored(resource, properties)) yield { resource, verdict };
    for (const [type, inputs] of SENSITIVE_INPUTS)
      for (const resource of registered(world, type))
        for (const name of inputs)
          yield { resource, verdict: judgeSensitive(resource, world.inputsOf(resource).at(name)) };
  }),
});

/** The resources of these types that a program registers: an object in a file has no options and no state. */
function registered(world: World, ...types: readonly string[]): readonly PlannedResource[] {
  return world.ofType(...types).filter(({ source }) => source === undefined);
}

function judgeProtect(resource: PlannedResource): Verdict {
  if (resource.options.protect === true) return pass();
  return {
    kind: "fail",
    path: "options.protect",
    actual: resource.options.protect,
    message: `Pulumi would delete '${resource.name}', and all that depends on it, when an argument asks for a new one`,
  };
}

function judgeIgnored(resource: PlannedResource, properties: readonly string[]): readonly Verdict[] {
  const ignored = resource.options.ignoreChanges ?? [];
  const verdicts = ignored.flatMap((entry, i): readonly Verdict[] => {
    const property = properties.find((p) => touches(entry, p));
    if (property === undefined) return [];
    const message = `changes of ${property} at '${resource.name}' are ignored, so what the program says there need not be so`;
    return [{ kind: "fail", path: `options.ignoreChanges[${i}]`, actual: entry, message }];
  });
  return verdicts.length === 0 ? [pass()] : verdicts;
}

/**
 * Whether ignoring a path leaves a property, something above it or something below it unwatched. Indices and `*` are
 * read over.
 */
function touches(entry: string, property: string): boolean {
  const segments = entry
    .replace(/\[(?:\d+|\*)\]/g, "")
    .replace(/\["([^"]+)"\]/g, ".$1")
    .split(".")
    .filter((s) => s !== "" && s !== "*");
  return property.split(".").every((part, i) => segments[i] === undefined || segments[i] === part);
}

function judgeSensitive(resource: PlannedResource, at: Cursor): Verdict {
  if (at.isAbsent) return notApplicable("it is not given");
  if (isPlannedObject(at.value) && Object.keys(at.value).length === 0) return notApplicable("it is empty");
  if (at.secret) return pass();
  const parts = [at, ...at.entries().map(([, value]) => value)];
  if (parts.every((part) => part.secret || part === at) && parts.length > 1) return pass();
  if (at.isUnknown)
    return unknown(
      at,
      `whether ${at.path} of '${resource.name}' is kept secret in the state is not known before the deployment`,
    );
  return {
    kind: "fail",
    path: at.path,
    actual: new Secret(at.value ?? null),
    message: `${at.path} of '${resource.name}' would stand in the state in the clear`,
  };
}
