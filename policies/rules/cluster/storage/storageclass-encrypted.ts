import type { Cursor } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString, notApplicable, unknown } from "../../../verdicts.js";

/** Provisioners of EBS volumes: the driver, the one of EKS Auto Mode, and the name from before the drivers. */
const EBS_PROVISIONERS: ReadonlySet<unknown> = new Set([
  "ebs.csi.aws.com",
  "ebs.csi.eks.amazonaws.com",
  "kubernetes.io/aws-ebs",
]);

function storageClass(provisioner: string, parameters: ExampleObject) {
  return manifest({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "gp3" },
    provisioner,
    parameters,
  });
}

/** A StorageClass of EBS volumes encrypts them. An EFS file system is encrypted, or not, when it is made. */
export const storageclassEncrypted = defineRule({
  id: "storageclass-encrypted",
  title: "a StorageClass of EBS volumes encrypts them",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Without the parameter a volume is encrypted only where the account happens to do so by default. A snapshot of one that is not can be read by whoever it is shared with.",
  remediation: 'parameters: { type: gp3, encrypted: "true", kmsKeyId: <ARN of the key> }',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "not said",
        resources: [storageClass("ebs.csi.aws.com", { type: "gp3" })],
        path: "parameters.encrypted",
      },
      {
        title: "said no, in EKS Auto Mode",
        resources: [storageClass("ebs.csi.eks.amazonaws.com", { encrypted: "false" })],
        path: "parameters.encrypted",
      },
    ],
    pass: [
      { title: "encrypted", resources: [storageClass("ebs.csi.aws.com", { encrypted: "true" })] },
      { title: "a file system", resources: [storageClass("efs.csi.aws.com", { provisioningMode: "efs-ap" })] },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [storageClass("ebs.csi.aws.com", { encrypted: unresolved("string") })],
        path: "parameters.encrypted",
      },
    ],
  },
  ...onKubernetes(["kubernetes:storage.k8s.io/v1:StorageClass"], ({ object, root }) => {
    const provisioner = root.at("provisioner");
    const undecided = `whether ${labelOf(object)} encrypts volumes is not known before the deployment`;
    if (provisioner.string() === UNKNOWN) return unknown(provisioner, undecided);
    if (!EBS_PROVISIONERS.has(provisioner.string())) return notApplicable("its volumes are not EBS volumes");
    return expectString(encryptedOf(root.at("parameters")), {
      absent: "false",
      accept: (value) => value === "true",
      message: `${labelOf(object)} makes EBS volumes without asking for encryption`,
      undecided,
    });
  }),
});

/** The parameter; the drivers read its name in any case. */
function encryptedOf(parameters: Cursor): Cursor {
  const [, found] = parameters.entries().find(([key]) => key.toLowerCase() === "encrypted") ?? [];
  return found ?? parameters.at("encrypted");
}
