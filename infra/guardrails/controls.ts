import { EKS_SETTINGS } from "./data/eks-condition-keys.js";
import type { EksControlKey } from "./data/eks-condition-keys.js";
import type { GuardrailStatement } from "./statement.js";

/** A control: statements that deny what would break it. */
export interface Control {
  /** What it keeps, for people. */
  readonly summary: string;
  readonly statements: readonly GuardrailStatement[];
}

/** Calls that set a cluster up or change how it is set up. A denial that forgets the second is undone in one call. */
const CREATE = "eks:CreateCluster";
const UPDATE = "eks:UpdateClusterConfig";

/** Types of control-plane logs (EKS, `clusterLogging.types`). */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/**
 * Denies a value of a key in whatever call names it, and the creation that leaves the key out where EKS's own default is
 * that value: `Bool` on a key that is not there matches nothing.
 */
function denyFlag(sid: string, key: EksControlKey, value: "true" | "false"): readonly GuardrailStatement[] {
  const { creationOnly, whenOmitted } = EKS_SETTINGS[key];
  const stated: GuardrailStatement = {
    sid,
    actions: creationOnly ? [CREATE] : [CREATE, UPDATE],
    conditions: { Bool: { [`eks:${key}`]: value } },
  };
  return whenOmitted === value ? [stated, omitted(sid, key)] : [stated];
}

/**
 * Denies every value of a key but one. The key has to be there: negated operators match a request without it, and would
 * deny every update that is about something else.
 */
function denyOther(sid: string, key: EksControlKey, allowed: string): readonly GuardrailStatement[] {
  const stated: GuardrailStatement = {
    sid,
    actions: [CREATE, UPDATE],
    conditions: { StringNotEquals: { [`eks:${key}`]: allowed }, Null: { [`eks:${key}`]: "false" } },
  };
  return EKS_SETTINGS[key].whenOmitted === allowed ? [stated] : [stated, omitted(sid, key)];
}

function omitted(sid: string, key: string): GuardrailStatement {
  return { sid: `${sid}Omitted`, actions: [CREATE], conditions: { Null: { [`eks:${key}`]: "true" } } };
}

/** The controls, by the name by which one is left out. */
export const GUARDRAIL_CONTROLS = {
  privateEndpoint: {
    summary: "the Kubernetes API is private",
    statements: [
      ...denyFlag("PublicEndpoint", "endpointPublicAccess", "true"),
      ...denyFlag("NoPrivateEndpoint", "endpointPrivateAccess", "false"),
    ],
  },
  accessEntries: {
    summary: "access is by access entries only, and creators get none by creating",
    statements: [
      ...denyOther("AuthenticationMode", "authenticationMode", "API"),
      ...denyFlag("CreatorAdmin", "bootstrapClusterCreatorAdminPermissions", "true"),
    ],
  },
  controlPlaneLogs: {
    summary: "the control plane writes all of its logs",
    statements: LOG_TYPES.flatMap((type) => {
      const key = `loggingType/${type}`;
      const sid = `Logs${type.charAt(0).toUpperCase()}${type.slice(1)}`;
      return [{ sid, actions: [CREATE, UPDATE], conditions: { Bool: { [`eks:${key}`]: "false" } } }, omitted(sid, key)];
    }),
  },
  secretsKey: {
    summary: "clusters encrypt with a key of the customer",
    statements: [omitted("SecretsKey", "encryptionConfigProviderKeyArns")],
  },
  deletionProtection: {
    summary: "clusters are protected against deletion",
    statements: denyFlag("DeletionProtection", "deletionProtection", "false"),
  },
  standardSupport: {
    summary: "versions end with standard support, instead of a paid extension",
    statements: denyOther("SupportType", "supportType", "STANDARD"),
  },
  auditTrail: {
    summary: "trails, findings and records are not turned off",
    statements: [
      {
        sid: "Records",
        actions: [
          "access-analyzer:DeleteAnalyzer",
          "cloudtrail:DeleteTrail",
          "cloudtrail:PutEventSelectors",
          "cloudtrail:StopLogging",
          "cloudtrail:UpdateTrail",
          "config:DeleteConfigurationRecorder",
          "config:DeleteDeliveryChannel",
          "config:StopConfigurationRecorder",
          "ec2:DeleteFlowLogs",
          "guardduty:DeleteDetector",
          "guardduty:DisassociateFromAdministratorAccount",
          "guardduty:UpdateDetector",
          "inspector2:Disable",
          "securityhub:DisableSecurityHub",
        ],
        conditions: {},
      },
    ],
  },
  keys: {
    summary: "keys are not deleted or turned off",
    statements: [
      { sid: "Keys", actions: ["kms:DisableKey", "kms:DisableKeyRotation", "kms:ScheduleKeyDeletion"], conditions: {} },
    ],
  },
  backups: {
    summary: "backups and what keeps them are not deleted",
    statements: [
      {
        sid: "Backups",
        actions: [
          "backup:DeleteBackupVault",
          "backup:DeleteBackupVaultAccessPolicy",
          "backup:DeleteBackupVaultLockConfiguration",
          "backup:DeleteRecoveryPoint",
          "s3:BypassGovernanceRetention",
        ],
        conditions: {},
      },
    ],
  },
  publicSharing: {
    summary: "images and snapshots are public to nobody",
    statements: [
      {
        sid: "PublicSharing",
        actions: ["ec2:DisableImageBlockPublicAccess", "ec2:DisableSnapshotBlockPublicAccess"],
        conditions: {},
      },
    ],
  },
  instanceMetadata: {
    summary: "instances answer IMDSv2 only",
    statements: [
      {
        sid: "ImdsV1",
        actions: ["ec2:RunInstances"],
        resources: ["arn:*:ec2:*:*:instance/*"],
        conditions: { StringNotEquals: { "ec2:MetadataHttpTokens": "required" } },
      },
      {
        sid: "ImdsV1Later",
        actions: ["ec2:ModifyInstanceMetadataOptions"],
        conditions: { StringEquals: { "ec2:Attribute/HttpTokens": "optional" } },
      },
    ],
  },
  encryptedVolumes: {
    summary: "volumes are encrypted",
    statements: [
      { sid: "EbsDefault", actions: ["ec2:DisableEbsEncryptionByDefault"], conditions: {} },
      {
        sid: "PlainVolumes",
        actions: ["ec2:CreateVolume", "ec2:RunInstances"],
        resources: ["arn:*:ec2:*:*:volume/*"],
        conditions: { Bool: { "ec2:Encrypted": "false" } },
      },
    ],
  },
} as const satisfies Readonly<Record<string, Control>>;

/** The name of a control of {@link GUARDRAIL_CONTROLS}. */
export type GuardrailControl = keyof typeof GUARDRAIL_CONTROLS;
