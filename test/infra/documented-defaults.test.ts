/** What the comments say about defaults is what the code does. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import {
  ACCOUNT_DEFAULTS,
  ACCOUNT_SERVICE_DEFAULTS,
  AUDIT_TRAIL_DEFAULTS,
  AUTO_MODE_DEFAULTS,
  BACKUP_DEFAULTS,
  BASTION_DEFAULTS,
  BREAK_GLASS_DEFAULTS,
  CLIENT_VPN_DEFAULTS,
  CLUSTER_ALARM_DEFAULTS,
  CLUSTER_DEFAULTS,
  DEFAULT_LOG_RETENTION_DAYS,
  IDENTITY_PROVIDER_DEFAULTS,
  NAT_DEFAULTS,
  KARPENTER_DEFAULTS,
  KEY_DELETION_WINDOW_DAYS,
  KEY_ROTATION_DAYS,
  NETWORK_DEFAULTS,
  NODE_GROUP_DEFAULTS,
  OIDC_PROVIDER_DEFAULTS,
  PATCH_SCAN_DEFAULTS,
  RESOLVER_INBOUND_DEFAULTS,
  STS_AUDIENCE,
  TRANSIT_GATEWAY_DEFAULTS,
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
    "ClusterAlarmOptions.deniedCalls": CLUSTER_ALARM_DEFAULTS.deniedCalls,
    "EncryptionKeysArgs.deletionWindowDays": KEY_DELETION_WINDOW_DAYS,
    "EncryptionKeysArgs.rotationDays": KEY_ROTATION_DAYS,
    "InstanceMetadataOptions.metadataHopLimit": ACCOUNT_DEFAULTS.metadataHopLimit,
    "PasswordPolicyOptions.passwordLength": ACCOUNT_DEFAULTS.passwordLength,
    "GuardDutyOptions.agents": ACCOUNT_SERVICE_DEFAULTS.agents,
    "InspectorOptions.scanned": ACCOUNT_SERVICE_DEFAULTS.scanned,
    "TrailOptions.logRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "TrailOptions.retentionDays": AUDIT_TRAIL_DEFAULTS.retentionDays,
    "VeleroStorageArgs.namespace": VELERO_DEFAULTS.namespace,
    "VeleroStorageArgs.serviceAccount": VELERO_DEFAULTS.serviceAccount,
    "BreakGlassRoleArgs.rights": BREAK_GLASS_DEFAULTS.rights,
    "DeliveryRoleArgs.audience": STS_AUDIENCE,
    "OidcProviderArgs.audiences": OIDC_PROVIDER_DEFAULTS.audiences,
    "BastionArgs.availability": BASTION_DEFAULTS.availability,
    "BastionArgs.instances": BASTION_DEFAULTS.instances,
    "BastionArgs.instanceType": BASTION_DEFAULTS.instanceType,
    "BastionArgs.maxLifetimeDays": BASTION_DEFAULTS.maxLifetimeDays,
    "BastionArgs.logRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "AutoModeOptions.besideNodeGroups": AUTO_MODE_DEFAULTS.besideNodeGroups,
    "AutoModeOptions.customTags": AUTO_MODE_DEFAULTS.customTags,
    "ClientVpnArgs.logRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "ClientVpnArgs.sessionHours": CLIENT_VPN_DEFAULTS.sessionHours,
    "ClientVpnArgs.transport": CLIENT_VPN_DEFAULTS.transport,
    "ClientVpnArgs.zones": CLIENT_VPN_DEFAULTS.zones,
    "ClusterArgs.kubernetesVersion": CLUSTER_DEFAULTS.kubernetesVersion,
    "ClusterArgs.serviceCidr": CLUSTER_DEFAULTS.serviceCidr,
    "ClusterArgs.zonalShift": CLUSTER_DEFAULTS.zonalShift,
    "ClusterArgs.logRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "ClusterIdentityProviderArgs.usernameClaim": IDENTITY_PROVIDER_DEFAULTS.usernameClaim,
    "ClusterIdentityProviderArgs.groupsClaim": IDENTITY_PROVIDER_DEFAULTS.groupsClaim,
    "NetworkArgs.vpcCidr": NETWORK_DEFAULTS.vpcCidr,
    "NetworkArgs.zones": NETWORK_DEFAULTS.zones,
    "NetworkArgs.features": NETWORK_DEFAULTS.features,
    "NetworkArgs.endpointZones": NETWORK_DEFAULTS.endpointZones,
    "NetworkArgs.flowLogRetentionDays": DEFAULT_LOG_RETENTION_DAYS,
    "NetworkArgs.ipFamily": NETWORK_DEFAULTS.ipFamily,
    "NatOptions.perZone": NAT_DEFAULTS.perZone,
    "PatchScanOptions.approveAfterDays": PATCH_SCAN_DEFAULTS.approveAfterDays,
    "PatchScanOptions.schedule": PATCH_SCAN_DEFAULTS.schedule,
    "ResolverInboundArgs.zones": RESOLVER_INBOUND_DEFAULTS.zones,
    "TransitGatewayAttachmentArgs.applianceMode": TRANSIT_GATEWAY_DEFAULTS.applianceMode,
    "NodeGroupArgs.amiType": NODE_GROUP_DEFAULTS.amiType,
    "NodeGroupArgs.capacityType": NODE_GROUP_DEFAULTS.capacityType,
    "NodeGroupArgs.scaling": NODE_GROUP_DEFAULTS.scaling,
    "NodeGroupArgs.updates": NODE_GROUP_DEFAULTS.updates,
    "NodeGroupArgs.dataVolumeGiB": NODE_GROUP_DEFAULTS.dataVolumeGiB,
    "NodeGroupArgs.webhookPorts": NODE_GROUP_DEFAULTS.webhookPorts,
    "KarpenterArgs.namespace": KARPENTER_DEFAULTS.namespace,
    "KarpenterArgs.serviceAccount": KARPENTER_DEFAULTS.serviceAccount,
    "KarpenterArgs.webhookPorts": KARPENTER_DEFAULTS.webhookPorts,
  });
});

/** A literal of a comment: JSON, but for keys without quotes. */
function literal(text: string): unknown {
  return JSON.parse(text.replace(/([{,] *)([A-Za-z]+):/g, '$1"$2":'));
}
