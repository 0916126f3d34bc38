/** Add-ons that are refused before anything is registered. */
import { ClusterAddons } from "../../../infra/index.js";
import type { AddonChoices, ClusterAddonsArgs } from "../../../infra/index.js";
import { planIn } from "../support.js";
import { CLUSTER, KEYS } from "./support.js";

const plan = (args: Partial<ClusterAddonsArgs>) =>
  planIn(() => {
    new ClusterAddons("prod", { cluster: CLUSTER, keys: KEYS, ...args });
  });

test("refuses a version for which nothing is pinned", async () => {
  await expect(plan({ cluster: { ...CLUSTER, kubernetesVersion: "1.37" } })).rejects.toThrow(
    "ClusterAddons 'prod':\n  'addonVersions.coredns'",
  );
});

test("refuses what an add-on could do nothing with, all of it at once", async () => {
  await expect(
    plan({
      keys: { volumesKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/prod" },
      addons: {
        efsCsi: { fileSystemArns: [] as unknown as [string] },
        certManager: { hostedZoneArns: ["Z0123456789ABCDEFGHIJ"] },
        externalDns: { hostedZoneArns: ["arn:aws:route53:::hostedzone/*"], domains: ["*.example.com"] },
        fluentBit: {},
      } as AddonChoices,
    }),
  ).rejects.toThrow(
    [
      "ClusterAddons 'prod':",
      "  'addons.fluentBit' must be an add-on that Ringfence knows, got 'fluentBit'. Choose among ebsCsi, efsCsi, snapshotController, metricsServer, nodeMonitoringAgent, guardDutyAgent, certManager, externalDns, kubeStateMetrics, nodeExporter",
      "  'addons.efsCsi.fileSystemArns' must name one, got []. The add-on can do nothing without",
      "  'addons.certManager.hostedZoneArns[0]' must be the ARN of a zone, got 'Z0123456789ABCDEFGHIJ'. Write it like 'arn:<partition>:route53:::hostedzone/Z0123456789ABCDEFGHIJ'",
      "  'addons.externalDns.hostedZoneArns[0]' must be the ARN of a zone, got 'arn:aws:route53:::hostedzone/*'. Write it like 'arn:<partition>:route53:::hostedzone/Z0123456789ABCDEFGHIJ'",
      "  'addons.externalDns.domains[0]' must be a domain, got '*.example.com'. Write it like 'example.com'",
      "  'keys.volumesKeyArn' must be the ARN of a key, got 'arn:aws:kms:eu-west-1:111122223333:alias/prod'. Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'",
    ].join("\n"),
  );
});
