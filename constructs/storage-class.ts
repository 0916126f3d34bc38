import { Construct } from "constructs";
import { checkKeyArn, checkSubdomain, validateWith } from "./checks.js";
import { objectOf } from "./objects.js";

/** Arguments of {@link EncryptedStorageClass}. */
export interface EncryptedStorageClassProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** ARN of the customer key for volumes; may be a token, as `contract.keyArns` holds it. */
  readonly kmsKeyArn: string;
  /**
   * The driver that makes the disks: the add-on's, or the one that EKS Auto Mode has built in.
   *
   * @default "ebs.csi.aws.com"
   */
  readonly driver?: EbsDriver;
}

/** A driver of EBS (https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html). */
export type EbsDriver = "ebs.csi.aws.com" | "ebs.csi.eks.amazonaws.com";

/**
 * Disks on EBS (gp3), encrypted with a customer key, made in the zone of the first pod that uses them, and kept when their
 * claim is deleted. Needs a driver, whose role must be allowed to use the key
 * (https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md).
 */
export class EncryptedStorageClass extends Construct {
  /** For `Volume.claim`. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: EncryptedStorageClassProps) {
    super(scope, id);
    this.name = props.name ?? id;
    objectOf(this, "Resource", {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      name: this.name,
      body: {
        provisioner: props.driver ?? "ebs.csi.aws.com",
        parameters: { type: "gp3", encrypted: "true", kmsKeyId: props.kmsKeyArn },
        volumeBindingMode: "WaitForFirstConsumer",
        reclaimPolicy: "Retain",
        allowVolumeExpansion: true,
      },
    });
    validateWith(this, () => [...checkSubdomain("name", this.name), ...checkKeyArn("kmsKeyArn", props.kmsKeyArn)]);
  }
}
