/** What a change of the arguments does with what is there: by two plans, as `preview --against` compares them. */
import {
  AutoMode,
  Cidr,
  Cluster,
  ClusterAddons,
  ClusterLogs,
  ControlPlaneEgress,
  DeletionProtection,
} from "../../../infra/index.js";
import type { AddonChoices, ClusterArgs } from "../../../infra/index.js";
import { compareWithPrevious } from "../../../plan/engine/operations.js";
import type { Plan } from "../../../plan/index.js";
import { planIn, resource, SECRETS_KEY, waitsFor } from "../support.js";
import { KEYS, NETWORK, TODAY } from "./support.js";

interface Change {
  readonly cluster?: Partial<ClusterArgs>;
  readonly addons?: AddonChoices;
}

const planned = ({ cluster = {}, addons = { ebsCsi: {} } }: Change = {}): Promise<Plan> =>
  planIn(() => {
    const made = new Cluster("prod", {
      network: NETWORK,
      keys: KEYS,
      today: TODAY,
      kubernetesVersion: "1.35",
      ...cluster,
    });
    new ClusterAddons("prod-addons", { cluster: made, keys: KEYS, addons }, { dependsOn: made });
  });

/** What is not `same`, by name and operation. */
async function changed(after: Change, before: Change = {}, allowed: readonly string[] = []): Promise<string[]> {
  const plan = compareWithPrevious(await planned(after), await planned(before), allowed);
  return plan.resources
    .filter((r) => r.custom && r.operation !== "same")
    .map((r) => `${r.operation ?? ""} ${r.type.split(":").at(-1) ?? ""} ${r.name}`)
    .sort();
}

test("an upgrade updates the cluster and the add-ons that go with its version, and replaces nothing", async () => {
  expect(await changed({ cluster: { kubernetesVersion: "1.36" } })).toEqual([
    "update Addon prod-addons-coredns",
    "update Addon prod-kube-proxy",
    "update Cluster prod",
  ]);
});

test("another add-on is one more", async () => {
  expect(await changed({ addons: { ebsCsi: {}, metricsServer: {} } })).toEqual([
    "create Addon prod-addons-metrics-server",
  ]);
});

test("the snapshot controller, which comes before the driver, changes nothing of the driver", async () => {
  expect(await changed({ addons: { snapshotController: {}, ebsCsi: {} } })).toEqual([
    "create Addon prod-addons-snapshot-controller",
  ]);
});

test("one log less, zonal shift, a bigger control plane: the cluster is updated", async () => {
  const cluster: Partial<ClusterArgs> = {
    logs: ClusterLogs.without(["scheduler"], { reason: "nobody reads it here" }),
    zonalShift: false,
    controlPlane: { tier: "tier-xl" },
    controlPlaneEgress: ControlPlaneEgress.customerRouted(),
  };
  expect(await changed({ cluster })).toEqual(["update Cluster prod"]);
});

test("a third zone of the network is none of the control plane's: EKS takes no subnet outside its first zones", async () => {
  const { controlPlane } = NETWORK;
  const third = {
    ids: [...controlPlane.ids, "subnet-control-plane-3"],
    cidrs: [...controlPlane.cidrs, Cidr.parse("10.0.192.32/28")],
  };
  expect(await changed({ cluster: { network: { ...NETWORK, controlPlane: third } } })).toEqual([]);
});

test("Auto Mode beside the node groups of a cluster that runs takes nothing away", async () => {
  expect(await changed({ cluster: { autoMode: AutoMode.on({ besideNodeGroups: true }) } })).toEqual([
    "create AccessEntry prod-auto-nodes",
    "create AccessPolicyAssociation prod-auto-nodes",
    "create Role prod-auto-node-role",
    "create RolePolicy prod-control-plane-role-policy",
    "create RolePolicyAttachment prod-auto-node-role-AmazonEC2ContainerRegistryPullOnly",
    "create RolePolicyAttachment prod-auto-node-role-AmazonEKSWorkerNodeMinimalPolicy",
    "create RolePolicyAttachment prod-control-plane-role-AmazonEKSBlockStoragePolicyV2",
    "create RolePolicyAttachment prod-control-plane-role-AmazonEKSComputePolicy",
    "create RolePolicyAttachment prod-control-plane-role-AmazonEKSLoadBalancingPolicy",
    "create RolePolicyAttachment prod-control-plane-role-AmazonEKSNetworkingPolicy",
    "update Cluster prod",
    "update Role prod-control-plane-role",
  ]);
});

test("one more destination of the control plane, or remote block, touches no other rule", async () => {
  const to = (...blocks: string[]): Change => ({
    cluster: {
      controlPlaneEgress: ControlPlaneEgress.customerRouted({ destinations: blocks.map((b) => Cidr.parse(b)) }),
    },
  });
  expect(await changed(to("10.7.0.0/24", "10.8.0.0/24"), to("10.8.0.0/24"))).toEqual([
    "create SecurityGroupEgressRule prod-https-to-10.7.0.0-24",
  ]);
});

test.each<readonly [string, Partial<ClusterArgs>]>([
  ["other addresses of Services", { serviceCidr: Cidr.parse("10.100.0.0/16") }],
  ["another name", { clusterName: "shop" }],
  ["another key of Secrets", { keys: { ...KEYS, secretsKeyArn: `${SECRETS_KEY.slice(0, -1)}2` } }],
])("%s would be another cluster, and is refused", async (_, cluster) => {
  await expect(changed({ cluster })).rejects.toThrow(
    "this change would lose what cannot be had again:\n  replace urn:pulumi:dev::test::ringfence:infra:Cluster$aws:eks/cluster:Cluster::prod",
  );
});

test("the way back from routes of one's own would be another cluster, and is refused", async () => {
  const routed = { cluster: { controlPlaneEgress: ControlPlaneEgress.customerRouted() } };
  await expect(changed({}, routed)).rejects.toThrow("this change would lose what cannot be had again:\n  replace urn");
});

test("the cluster is the last to go: what lives in it waits for it", async () => {
  const made = await planned({
    cluster: { deletionProtection: DeletionProtection.off({ reason: "a test of teardown" }) },
  });
  for (const name of ["prod-vpc-cni", "prod-kube-proxy", "prod-addons-coredns", "prod-addons-aws-ebs-csi-driver"])
    expect(waitsFor(made, "aws:eks/addon:Addon", name)).toContain("prod");
  expect(resource(made, "aws:eks/cluster:Cluster").dependencies.some((urn) => urn.endsWith("::prod-logs"))).toBe(true);
});
