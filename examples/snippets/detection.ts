import {
  AccountServices,
  AlertTopic,
  Backup,
  ClusterAlarms,
  ConformancePack,
  DataEvents,
  Detection,
  DetectionKey,
  Guardrails,
  planGuardrails,
  Principal,
  TrailChoice,
} from "../../infra/index.js";

const platform = Principal.role("arn:aws:iam::111122223333:role/platform");

/** Somebody is told, in one piece: alarms on a cluster, a trail, and services of the account. */
export function detection(): void {
  new Detection("prod", {
    key: DetectionKey.own([platform]),
    subscribers: [{ protocol: "email", endpoint: "on-call@example.com" }],
    cluster: { name: "prod" },
    clusterAlarms: { breakGlassRoleNames: ["break-glass"] },
    trail: TrailChoice.own({ dataEvents: [DataEvents.objectsIn(["arn:aws:s3:::voting-app-exports"])] }),
    accountServices: {
      guardDuty: {},
      securityHub: { standards: ["fsbp", "cis"] },
      config: { conformancePacks: [ConformancePack.eks()] },
      accessAnalyzer: {},
    },
  });
}

/** The parts alone, with a key that exists, for a second cluster in an account that has the rest. */
export function alarmsAlone(keyArn: string): void {
  const topic = new AlertTopic("second", {
    keyArn,
    subscribers: [{ protocol: "https", endpoint: "https://alerts.example.com/hook" }],
  });
  new ClusterAlarms("second", { cluster: { name: "second" }, topicArn: topic.arn });
  new AccountServices("second", { keyArn, topicArn: topic.arn, inspector: {} });
}

/** Volumes that carry the tag `backup: daily`, and a cluster with its objects. */
export function backups(arn: string): void {
  new Backup("prod", { administrators: [platform], clusters: [{ arn }] });
}

/** Policies of the organisation, attached to a unit; `planGuardrails()` gives the same documents to print. */
export function guardrails(): readonly string[] {
  const exemptRoleArns = ["arn:*:iam::*:role/break-glass"];
  new Guardrails("prod", { targets: ["ou-ab12-cd345678"], exemptRoleArns });
  return planGuardrails({ exemptRoleArns }).map(({ document }) => document);
}
