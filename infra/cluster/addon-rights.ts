import * as pulumi from "@pulumi/pulumi";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import type { KeysRef } from "../encryption/reference.js";
import { volumesKeyStatements } from "../encryption/volumes-key.js";
import type { Statement } from "../identity/policy-document.js";
import type { AddonChoices, CertManagerOptions, EfsCsiOptions, ExternalDnsOptions } from "./addon-choices.js";

/**
 * What the pods of one service account may do in AWS, by Pod Identity. EKS gives such pods the Region as an environment
 * variable: they do not ask the instance for it, which would not answer them (hop limit 1).
 */
export interface AddonIdentity {
  /** Middle part of the role's name: `ebs-csi`. */
  readonly role: string;
  readonly description: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Names of policies that AWS maintains. */
  readonly awsPolicies?: readonly string[];
  readonly statements?: readonly Statement[];
  /** By the add-on itself where EKS knows the service account as one of the add-on's, else beside it. */
  readonly ownedByAddon: boolean;
}

/** The identities of the chosen add-ons; those that never call AWS have none. */
export function addonIdentities(
  account: Account,
  choices: AddonChoices,
  keys: Pick<KeysRef, "volumesKeyArn">,
): Readonly<Partial<Record<keyof AddonChoices, readonly AddonIdentity[]>>> {
  const { ebsCsi, efsCsi, certManager, externalDns } = choices;
  return {
    ...(ebsCsi === undefined
      ? {}
      : {
          ebsCsi: [
            {
              role: "ebs-csi",
              description: "the EBS CSI driver, which makes and attaches volumes",
              namespace: "kube-system",
              serviceAccount: "ebs-csi-controller-sa",
              awsPolicies: [
                ebsCsi.scope === "account" ? "AmazonEBSCSIDriverPolicyV2" : "AmazonEBSCSIDriverEKSClusterScopedPolicy",
              ],
              statements: volumesKeyStatements(account, keys.volumesKeyArn),
              ownedByAddon: true,
            },
          ],
        }),
    ...(efsCsi === undefined ? {} : { efsCsi: efsIdentities(account, efsCsi) }),
    ...(certManager === undefined ? {} : { certManager: certManagerIdentities(account, certManager) }),
    ...(externalDns === undefined ? {} : { externalDns: [externalDnsIdentity(externalDns)] }),
  };
}

/** As AmazonEFSCSIDriverPolicy, for the named file systems only, and for mounting with IAM. */
function efsIdentities(account: Account, { fileSystemArns }: EfsCsiOptions): readonly AddonIdentity[] {
  const marked = { "aws:RequestTag/efs.csi.aws.com/cluster": "true" };
  const accessPoints = [arn(account, "elasticfilesystem", "access-point/*")];
  return [
    {
      role: "efs-csi",
      description: "the EFS CSI driver, which makes access points",
      namespace: "kube-system",
      serviceAccount: "efs-csi-controller-sa",
      statements: [
        {
          sid: "Look",
          actions: ["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeMountTargets"],
          resources: fileSystemArns,
        },
        {
          sid: "LookAtAccessPoints",
          actions: ["elasticfilesystem:DescribeAccessPoints"],
          resources: [...fileSystemArns, ...accessPoints],
        },
        { sid: "LookAtZones", actions: ["ec2:DescribeAvailabilityZones"], resources: ["*"] },
        {
          sid: "MakeAccessPoints",
          actions: ["elasticfilesystem:CreateAccessPoint"],
          resources: fileSystemArns,
          conditions: { StringEquals: marked },
        },
        {
          // A new access point carries no tag yet: the request does.
          sid: "TagNewAccessPoints",
          actions: ["elasticfilesystem:TagResource"],
          resources: [...fileSystemArns, ...accessPoints],
          conditions: { StringEquals: { "elasticfilesystem:CreateAction": "CreateAccessPoint", ...marked } },
        },
        {
          sid: "OwnAccessPoints",
          actions: ["elasticfilesystem:DeleteAccessPoint"],
          resources: accessPoints,
          conditions: { StringEquals: { "aws:ResourceTag/efs.csi.aws.com/cluster": "true" } },
        },
      ],
      ownedByAddon: true,
    },
    {
      role: "efs-csi-node",
      description: "the EFS CSI driver on nodes, which mounts",
      namespace: "kube-system",
      serviceAccount: "efs-csi-node-sa",
      statements: [
        {
          sid: "Mount",
          actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
          resources: fileSystemArns,
        },
      ],
      ownedByAddon: false,
    },
  ];
}

/** https://cert-manager.io/docs/configuration/acme/dns01/route53/ */
function certManagerIdentities(account: Account, { hostedZoneArns }: CertManagerOptions): readonly AddonIdentity[] {
  if (hostedZoneArns === undefined || hostedZoneArns.length === 0) return [];
  return [
    {
      role: "cert-manager",
      description: "cert-manager, which proves who owns a name",
      namespace: "cert-manager",
      serviceAccount: "cert-manager",
      statements: [
        {
          sid: "WaitForChanges",
          actions: ["route53:GetChange"],
          resources: [pulumi.interpolate`arn:${account.partition}:route53:::change/*`],
        },
        {
          sid: "Prove",
          actions: ["route53:ChangeResourceRecordSets"],
          resources: hostedZoneArns,
          conditions: { "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] } },
        },
        { sid: "Read", actions: ["route53:ListResourceRecordSets"], resources: hostedZoneArns },
        { sid: "FindZones", actions: ["route53:ListHostedZonesByName"], resources: ["*"] },
      ],
      ownedByAddon: false,
    },
  ];
}

/** https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/ */
function externalDnsIdentity({ hostedZoneArns }: ExternalDnsOptions): AddonIdentity {
  return {
    role: "external-dns",
    description: "ExternalDNS, which writes records",
    namespace: "external-dns",
    serviceAccount: "external-dns",
    statements: [
      {
        sid: "Write",
        actions: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
        resources: hostedZoneArns,
      },
      { sid: "FindZones", actions: ["route53:ListHostedZones"], resources: ["*"] },
    ],
    ownedByAddon: true,
  };
}

/** Settings that Ringfence sets, of those that the add-on's schema is known to hold. */
export function addonConfiguration(
  choices: AddonChoices,
  clusterName: string,
): Readonly<Partial<Record<keyof AddonChoices, Readonly<Record<string, unknown>>>>> {
  const { externalDns } = choices;
  if (externalDns === undefined) return {};
  const { domains, policy } = externalDns;
  return {
    externalDns: {
      // Records of two clusters in one zone stay apart by the owner.
      txtOwnerId: clusterName,
      policy: policy ?? "upsert-only",
      ...(domains === undefined ? {} : { domainFilters: domains }),
    },
  };
}
