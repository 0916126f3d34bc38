import type { PlannedResource } from "../../../../plan/model/index.js";
import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, eksClusterOf } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, json, manifest, planned, ref, unresolved } from "../../../examples.js";
import { EKS_ADDON, ofCluster } from "../../../lib/eks.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { RIGHTS_TYPES } from "../../../lib/iam-rights.js";
import { KEY, keyOf, mayUseKey } from "../../../lib/kms.js";
import { ASSOCIATION } from "../../../lib/pod-identity.js";
import { rolesOfAccount } from "../../../lib/pod-roles.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { every, expectRead, notApplicable, pass, unknown } from "../../../verdicts.js";

/** What the EBS CSI driver does with the key of a volume (its documentation, "Encryption", and the EKS user guide). */
const ACTIONS = ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext"];

function encrypted(keyId: ExampleValue, actions: ExampleValue) {
  return [
    manifest(
      {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "encrypted" },
        provisioner: "ebs.csi.aws.com",
        parameters: { encrypted: "true", kmsKeyId: keyId },
      },
      { provider: "k8s" },
    ),
    planned(KEY, "volumes", {}),
    planned(ROLE, "driver", {}),
    planned(EKS_ADDON, "csi", {
      clusterName: ref("prod", "name"),
      addonName: "aws-ebs-csi-driver",
      serviceAccountRoleArn: ref("driver", "arn"),
    }),
    planned("aws:iam/rolePolicy:RolePolicy", "use", {
      role: ref("driver", "name"),
      policy: json({ Statement: { Effect: "Allow", Action: actions, Resource: ref("volumes", "arn") } }),
    }),
    ...cluster(),
  ];
}

/**
 * The key that a StorageClass names is one that the driver's role may use: by its policies, where the key leaves that to them,
 * or by the key's own.
 */
export const storageclassKmsUsable = defineRule({
  id: "storageclass-kms-usable",
  title: "the storage driver may use the key that its class names",
  ring: "cluster",
  severity: "medium",
  rationale:
    "The class promises volumes under a key of yours. When the driver may not use it no volume comes up, the pods wait, and the quick way out is a class without the key.",
  remediation:
    '{ Effect: "Allow", Action: ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:DescribeKey"], Resource: key.arn }  // in the policy of the driver\'s role',
  references: references("catalogue/cross-ring-rules.csv: N19", { "owasp-k8s": ["K03"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the driver's role may look at the key only",
        resources: encrypted(ref("volumes", "arn"), "kms:DescribeKey"),
        path: "parameters.kmsKeyId",
      },
    ],
    pass: [{ title: "the driver's role may use it", resources: encrypted(ref("volumes", "arn"), ACTIONS) }],
    unknown: [
      {
        title: "the key is not in this plan",
        resources: encrypted("arn:aws:kms:eu-west-1:111122223333:key/1", ACTIONS),
        path: "parameters.kmsKeyId",
      },
      {
        title: "what the role may do is an output",
        resources: encrypted(ref("volumes", "arn"), unresolved("list")),
        path: "parameters.kmsKeyId",
      },
    ],
  },
  ...onKubernetes(["kubernetes:storage.k8s.io/v1:StorageClass"], ({ object, root, world }) => {
    const at = root.at("parameters", "kmsKeyId");
    if (root.at("provisioner").string() !== "ebs.csi.aws.com" || at.isAbsent)
      return notApplicable("it names no key for volumes of the EBS driver");
    const key = keyOf(world, object.resource, at);
    const roles = driverRoles(world, object);
    const undecided = unknown(
      at,
      `whether the driver may use the key of ${labelOf(object)} is not known from this plan`,
    );
    if (key === undefined || roles.length === 0) return undecided;
    const verdicts = roles.map((role) => judge(world, object, key, role));
    return verdicts.length === 0 ? pass() : verdicts;
  }),
  reads: ["kubernetes:storage.k8s.io/v1:StorageClass", KEY, EKS_ADDON, EKS_CLUSTER, ASSOCIATION, ...RIGHTS_TYPES],
});

/** The roles of the driver's controller: of the add-on, or of its service account. */
function driverRoles(world: World, object: KubernetesObject): readonly PlannedResource[] {
  const eks = eksClusterOf(world, object.cluster);
  const account = { cluster: object.cluster, namespace: "kube-system", name: "ebs-csi-controller-sa" };
  const addons = eks === undefined ? [] : ofCluster(world, eks, EKS_ADDON).map(({ resource }) => resource);
  const ofAddons = addons
    .filter((addon) => world.inputsOf(addon).at("addonName").string() === "aws-ebs-csi-driver")
    .flatMap((addon) => {
      const inputs = world.inputsOf(addon);
      const associated = inputs
        .at("podIdentityAssociations")
        .items()
        .map((one) => one.at("roleArn"));
      return [inputs.at("serviceAccountRoleArn"), ...associated].flatMap((at) => world.resolve(addon, at));
    })
    .filter((r) => r.type === ROLE);
  return [...new Set([...ofAddons, ...rolesOfAccount(world, account).map(({ role }) => role)])];
}

function judge(world: World, object: KubernetesObject, key: PlannedResource, role: PlannedResource): Verdict {
  const reads = ACTIONS.map((action) =>
    mayUseKey(world, key, { user: { kind: "role", role }, action, through: "ec2" }),
  );
  const missing = ACTIONS.filter((_, i) => reads[i] === false);
  return expectRead(object.root.at("parameters", "kmsKeyId"), every(reads), {
    absent: false,
    accept: (value) => value,
    message: `the driver's role '${role.name}' may not do ${missing.join(", ")} with key '${key.name}', so that ${labelOf(object)} makes no volume`,
    undecided: `whether the driver's role '${role.name}' may use key '${key.name}' is not known before the deployment`,
  });
}
