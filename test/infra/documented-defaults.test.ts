/** What the comments say about defaults is what the code does. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import {
  ACCOUNT_SERVICE_DEFAULTS,
  AUDIT_TRAIL_DEFAULTS,
  BACKUP_DEFAULTS,
  BASTION_DEFAULTS,
  CLUSTER_ALARM_DEFAULTS,
  CLUSTER_DEFAULTS,
  DEFAULT_KUBERNETES_VERSION,
  DEFAULT_LOG_RETENTION_DAYS,
  NETWORK_DEFAULTS,
  NODE_GROUP_DEFAULTS,
  VELERO_DEFAULTS,
} from "../../infra/index.js";

const ROOT = path.join(__dirname, "../../infra");

/** `@default` of each optional member of the exported interfaces called `...Args` or `...Options`. */
function documented(): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const file of readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".ts"))) {
    const source = ts.createSourceFile(file, readFileSync(path.join(ROOT, file), "utf8"), ts.ScriptTarget.ES2022, true);
    for (const node of source.statements)
      if (ts.isInterfaceDeclaration(node) && /(?:Args|Options)$/.test(node.name.text))
        for (const member of node.members)
          if (member.questionToken !== undefined && member.name !== undefined) {
            const tag = ts.getJSDocTags(member).find((t) => t.tagName.text === "default");
            const comment = tag === undefined ? undefined : ts.getTextOfJSDocComment(tag.comment);
            found.set(`${node.name.text}.${member.name.getText(source)}`, comment?.trim());
          }
  }
  return found;
}

const defaults = documented();

test("every optional argument says its default", () => {
  expect(defaults.size).toBeGreaterThan(40);
  expect([...defaults].filter(([, text]) => text === undefined || text === "").map(([name]) => name)).toEqual([]);
});

test("every default that is a value is the one in the code", () => {
  const values = [...defaults].filter(([, text]) => text?.startsWith("-") === false);
  expect(Object.fromEntries(values.map(([name, text]) => [name, literal(text ?? "")]))).toEqual({
    "AccessAnalyzerOptions.unusedAfterDays": ACCOUNT_SERVICE_DEFAULTS.unusedAfterDays,
    "BackupArgs.retentionDays": BACKUP_DEFAULTS.retentionDays,
    "BackupArgs.schedule": BACKUP_DEFAULTS.schedule,
    "BackupArgs.volumeTag": BACKUP_DEFAULTS.volumeTag,
    "ClusterWatchOptions.deniedCalls": CLUSTER_ALARM_DEFAULTS.deniedCalls,
    "GuardDutyOptions.agents": ACCOUNT_SERVICE_DEFAULTS.agents,
    "InspectorOptions.scanned": ACCOUNT_SERVICE_DEFAULTS.scanned,
    "TrailOptions.logRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "TrailOptions.retentionDays": AUDIT_TRAIL_DEFAULTS.retentionDays,
    "VeleroStorageArgs.namespace": VELERO_DEFAULTS.namespace,
    "VeleroStorageArgs.serviceAccount": VELERO_DEFAULTS.serviceAccount,
    "BastionArgs.instanceType": BASTION_DEFAULTS.instanceType,
    "BastionArgs.logRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "ClusterAddonsArgs.kubernetesVersion": DEFAULT_KUBERNETES_VERSION,
    "ClusterArgs.kubernetesVersion": CLUSTER_DEFAULTS.kubernetesVersion,
    "ClusterArgs.serviceCidr": CLUSTER_DEFAULTS.serviceCidr,
    "ClusterArgs.logRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "NetworkArgs.vpcCidr": NETWORK_DEFAULTS.vpcCidr,
    "NetworkArgs.zones": NETWORK_DEFAULTS.zones,
    "NetworkArgs.features": NETWORK_DEFAULTS.features,
    "NetworkArgs.flowLogRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "NodeGroupArgs.kubernetesVersion": NODE_GROUP_DEFAULTS.kubernetesVersion,
    "NodeGroupArgs.amiType": NODE_GROUP_DEFAULTS.amiType,
    "NodeGroupArgs.instanceTypes": NODE_GROUP_DEFAULTS.instanceTypes,
    "NodeGroupArgs.scaling": NODE_GROUP_DEFAULTS.scaling,
    "NodeGroupArgs.dataVolumeGiB": NODE_GROUP_DEFAULTS.dataVolumeGiB,
    "NodeGroupArgs.webhookPorts": NODE_GROUP_DEFAULTS.webhookPorts,
  });
});

/** A literal of a comment: JSON, but for keys without quotes. */
function literal(text: string): unknown {
  return JSON.parse(text.replace(/([{,] *)([A-Za-z]+):/g, '$1"$2":'));
}
