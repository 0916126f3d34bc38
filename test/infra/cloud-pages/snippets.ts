/** The programs that the pages on keys, registry, detection, backup, guardrails and the account show: they compile and plan. */
import * as aws from "@pulumi/aws";
import {
  AccountDefaults,
  AccountServices,
  AlertTopic,
  AutoScalingGrant,
  Backup,
  ClusterAlarms,
  ConformancePack,
  DataEvents,
  Detection,
  DetectionKey,
  EncryptionKeyReplicas,
  EncryptionKeys,
  Guardrails,
  LeftOut,
  planGuardrailBoundary,
  planGuardrails,
  policyDocument,
  Principal,
  PullThrough,
  Registry,
  RegistryReplica,
  Replication,
  Scanning,
  TrailChoice,
  VaultLock,
  VeleroStorage,
} from "../../../infra/index.js";
import type { ClusterRef, KeysRef } from "../../../infra/index.js";

const platform = Principal.role("arn:aws:iam::111122223333:role/platform");
const onCall = { protocol: "email", endpoint: "on-call@example.com" } as const;

export function keys(): KeysRef {
  const keys = new EncryptionKeys("prod-keys", {
    administrators: [Principal.role("arn:aws:iam::111122223333:role/platform")],
  });
  return keys;
}

export function usersOfKeys(): void {
  new EncryptionKeys("prod-keys", {
    administrators: [platform],
    users: { secrets: [Principal.role("arn:aws:iam::111122223333:role/voting-app")] },
    rotationDays: 180,
    aliases: { secrets: "alias/prod/secrets" },
  });
}

export function existingKeys(): KeysRef {
  const keys = EncryptionKeys.existing({
    secretsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111",
    logsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/22222222-2222-2222-2222-222222222222",
    volumesKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/33333333-3333-3333-3333-333333333333",
    registryKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/44444444-4444-4444-4444-444444444444",
  });
  return keys;
}

export function replicas(): void {
  const primary = new EncryptionKeys("prod-keys", { administrators: [platform], multiRegion: true });
  const frankfurt = new aws.Provider("frankfurt", { region: "eu-central-1" });
  new EncryptionKeyReplicas("prod-keys-dr", { primary, administrators: [platform] }, { provider: frankfurt });
}

export function foreignScaling(): void {
  const keys = new EncryptionKeys("shared-keys", { administrators: [platform], scalingAccounts: ["444455556666"] });
  const other = new aws.Provider("other", { profile: "workloads" });
  new AutoScalingGrant("workload-nodes", { volumesKeyArn: keys.volumesKeyArn }, { provider: other });
}

export function registry(keys: KeysRef): Registry {
  const registry = new Registry("prod-registry", {
    keys,
    repositories: ["voting-app/vote", "voting-app/result"],
    pullThrough: [PullThrough.ecrPublic()],
    pullers: ["arn:aws:iam::111122223333:role/prod-nodes"],
    pushers: ["arn:aws:iam::111122223333:role/pipeline"],
    scanning: Scanning.enhanced(),
  });
  return registry;
}

export function copies(keys: KeysRef): void {
  const frankfurt = new aws.Provider("frankfurt", { region: "eu-central-1" });
  const frankfurtKeys = new EncryptionKeys("dr-keys", { administrators: [platform] }, { provider: frankfurt });

  const copies = new RegistryReplica("dr-registry", { keys: frankfurtKeys }, { provider: frankfurt });
  new Registry(
    "prod-registry",
    { keys, replication: [Replication.toRegion("eu-central-1", { prefixes: ["voting-app/"] })] },
    { dependsOn: [copies] },
  );
}

export function detection(cluster: ClusterRef): void {
  new Detection("prod", {
    key: DetectionKey.own([platform]),
    subscribers: [{ protocol: "email", endpoint: "on-call@example.com" }],
    cluster,
    clusterAlarms: { breakGlassRoleNames: ["break-glass"] },
    trail: TrailChoice.own({ dataEvents: [DataEvents.objectsIn(["arn:aws:s3:::voting-app-exports"])] }),
    accountServices: {
      guardDuty: {},
      inspector: {},
      securityHub: { standards: ["fsbp", "cis"] },
      config: { conformancePacks: [ConformancePack.eks()] },
      accessAnalyzer: { unusedAfterDays: 90 },
      detective: {},
    },
  });
}

export function detectionInParts(cluster: ClusterRef, keyArn: string): void {
  const topic = new AlertTopic("second", { keyArn, subscribers: [onCall] });
  new ClusterAlarms("second", { cluster, topicArn: topic.arn });
  new AccountServices("second", { keyArn, topicArn: topic.arn, guardDuty: {} });
}

export function backups(cluster: ClusterRef): void {
  new Backup("prod", {
    administrators: [platform],
    clusters: [cluster],
    lock: VaultLock.compliance(14),
    copyTo: { vaultArn: "arn:aws:backup:eu-central-1:111122223333:backup-vault:copies" },
  });
}

export function velero(cluster: ClusterRef, keyArn: string): void {
  new VeleroStorage("prod-velero", { cluster, keyArn });
}

export function guardrails(): void {
  new Guardrails("prod", {
    targets: ["ou-ab12-cd345678"],
    exemptRoleArns: ["arn:*:iam::*:role/break-glass"],
    leftOut: [LeftOut.of("standardSupport", { reason: "one cluster stays in extended support until May" })],
  });
}

export function printed(): readonly string[] {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  for (const { key, description, document } of planGuardrails({ exemptRoleArns: ["arn:*:iam::*:role/break-glass"] }))
    print(`${key}: ${description}\n${document}`);
  return lines;
}

export function boundary(): void {
  const trust = { principals: { aws: "arn:aws:iam::111122223333:role/runner" }, actions: ["sts:AssumeRole"] };
  const assumeRolePolicy = policyDocument([trust]);

  const boundaryArn = "arn:aws:iam::111122223333:policy/delivery";
  const policy = planGuardrailBoundary({ services: ["eks", "ec2", "iam", "kms"], boundaryArn });
  const boundary = new aws.iam.Policy("delivery", { name: "delivery", policy });
  new aws.iam.Role("pipeline", { assumeRolePolicy, permissionsBoundary: boundary.arn });
}

export function accountDefaults(keys: KeysRef): void {
  new AccountDefaults("account", {
    ebsEncryption: { keys },
    instanceMetadata: {},
    blockPublicSnapshots: true,
    blockPublicImages: true,
    blockPublicBuckets: true,
    passwordPolicy: {},
  });
}
