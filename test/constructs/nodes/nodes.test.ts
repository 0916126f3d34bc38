/** Nodes that Karpenter and EKS Auto Mode start have the guarantees of a node group. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Chart } from "cdk8s";
import { parse } from "smol-toml";
import {
  AutoModeNetworkPolicy,
  AutoModeNodeClass,
  FargateLogging,
  HardenedNodeClass,
  HardenedNodePool,
} from "../../../constructs/index.js";
import type {
  AutoModeNodeClassProps,
  HardenedNodeClassProps,
  HardenedNodePoolProps,
} from "../../../constructs/index.js";
import { NodeGroup } from "../../../infra/index.js";
import { readInputs } from "../../../plan/index.js";
import { findingsIn } from "../../infra/judged.js";
import { CLUSTER, KEYS, NETWORK, userDataOf } from "../../infra/nodes/references.js";
import { planIn } from "../../infra/support.js";
import { only, problems, synth } from "../synth.js";
import type { Manifest } from "../synth.js";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/33333333-3333-3333-3333-333333333333";
const CLASS: HardenedNodeClassProps = {
  instanceProfile: "karpenter-nodes",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
  volumesKeyArn: KEY,
};
const AUTO: AutoModeNodeClassProps = {
  role: "auto-nodes",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
  volumesKeyArn: KEY,
};
const EC2 = { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" } as const;

const specOf = (manifest: Manifest) => manifest["spec"] as Record<string, unknown>;

function karpenter(chart: Chart): void {
  const { ref } = new HardenedNodeClass(chart, "default", CLASS);
  new HardenedNodePool(chart, "general", { nodeClass: ref, limits: { cpu: 100, memoryGiB: 400 } });
}

function autoMode(chart: Chart): void {
  new AutoModeNetworkPolicy(chart, "network-policy");
  const { ref } = new AutoModeNodeClass(chart, "private", AUTO);
  new HardenedNodePool(chart, "general", { nodeClass: ref, limits: { cpu: 100 } });
}

/** What our rules find in manifests as `ringfence check` reads them. */
async function judged(build: (chart: Chart) => void): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "nodes-"));
  try {
    const file = join(folder, "all.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: synth(build) }));
    return findingsIn((await readInputs([file])).plan);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("Karpenter", () => {
  const spec = specOf(only(synth(karpenter), "EC2NodeClass", "default"));

  test("nodes run a pinned Bottlerocket with one hop to metadata, no public address, and the profile of the nodes", () => {
    expect(spec).toMatchObject({
      amiSelectorTerms: [{ alias: "bottlerocket@v1.63.0" }],
      instanceProfile: "karpenter-nodes",
      subnetSelectorTerms: [{ id: "subnet-1" }, { id: "subnet-2" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
      associatePublicIPAddress: false,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIPv6: "disabled",
        httpPutResponseHopLimit: 1,
        httpTokens: "required",
      },
      kubelet: { maxPods: 110 },
    });
    expect(spec).not.toHaveProperty("role");
  });

  test("both disks are gp3 under the customer key", () => {
    const ebs = { encrypted: true, kmsKeyID: KEY, volumeType: "gp3", deleteOnTermination: true };
    expect(spec["blockDeviceMappings"]).toEqual([
      { deviceName: "/dev/xvda", ebs: { ...ebs, volumeSize: "4Gi" } },
      { deviceName: "/dev/xvdb", ebs: { ...ebs, volumeSize: "50Gi" } },
    ]);
  });

  test("user data is that of a node group, word for word", async () => {
    const group = await planIn(() => new NodeGroup("nodes", { network: NETWORK, cluster: CLUSTER, keys: KEYS }));
    expect(spec["userData"]).toBe(userDataOf(group));
  });

  test("the limit of pods is Karpenter's to set, other settings go into user data", () => {
    const manifests = synth((chart) => {
      new HardenedNodeClass(chart, "default", { ...CLASS, settings: { maxPods: 58, podPidsLimit: 1024 } });
    });
    const chosen = specOf(only(manifests, "EC2NodeClass", "default"));
    expect(chosen["kubelet"]).toEqual({ maxPods: 58 });
    const { settings } = parse(String(chosen["userData"])) as { settings: { kubernetes: Record<string, unknown> } };
    expect(settings.kubernetes["pod-pids-limit"]).toBe(1024);
    expect(settings.kubernetes).not.toHaveProperty("max-pods");
  });

  test("a class for GPUs leaves the lockdown to the image with their drivers", () => {
    const manifests = synth((chart) => new HardenedNodeClass(chart, "gpu", { ...CLASS, nvidia: true }));
    expect(String(specOf(only(manifests, "EC2NodeClass", "gpu"))["userData"])).not.toContain("lockdown");
    expect(String(spec["userData"])).toContain('lockdown = "integrity"');
  });

  test("a pool has limits, an end to its nodes, and a budget", () => {
    expect(specOf(only(synth(karpenter), "NodePool", "general"))).toEqual({
      template: {
        spec: {
          nodeClassRef: EC2,
          requirements: [
            { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
            { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
            { key: "karpenter.sh/capacity-type", operator: "In", values: ["on-demand"] },
            { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"] },
            { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["4"] },
            { key: "karpenter.k8s.aws/instance-hypervisor", operator: "In", values: ["nitro"] },
          ],
          expireAfter: "336h",
          terminationGracePeriod: "24h",
        },
      },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: "1m",
        budgets: [{ nodes: "10%" }],
      },
      limits: { cpu: "100", memory: "400Gi" },
    });
  });

  test("our own rules find nothing", async () => {
    expect(await judged(karpenter)).toEqual([]);
  });
});

describe("EKS Auto Mode", () => {
  const manifests = synth(autoMode);

  test("nodes deny what no policy allows, log it, and have encrypted disks and no public address", () => {
    expect(specOf(only(manifests, "NodeClass", "private"))).toEqual({
      role: "auto-nodes",
      subnetSelectorTerms: [{ id: "subnet-1" }, { id: "subnet-2" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
      networkPolicy: "DefaultDeny",
      networkPolicyEventLogs: "Enabled",
      ephemeralStorage: { size: "80Gi", kmsKeyID: KEY },
      advancedNetworking: { associatePublicIPAddress: false },
      advancedSecurity: { fips: false },
    });
  });

  test("its controller of network policies is switched on", () => {
    const config = only(manifests, "ConfigMap", "amazon-vpc-cni");
    expect(config.metadata.namespace).toBe("kube-system");
    expect(config["data"]).toEqual({ "enable-network-policy-controller": "true" });
  });

  test("a pool asks for machines under Auto Mode's labels", () => {
    const spec = specOf(only(manifests, "NodePool", "general"));
    expect(spec["template"]).toMatchObject({
      spec: { nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: "private" } },
    });
    const keys = JSON.stringify(spec);
    expect(keys).toContain("eks.amazonaws.com/instance-category");
    expect(keys).not.toContain("karpenter.k8s.aws");
  });

  test("pods may have subnets of their own", () => {
    const own = synth((chart) => {
      new AutoModeNodeClass(chart, "private", { ...AUTO, podSubnetIds: ["subnet-3", "subnet-4"] });
    });
    expect(specOf(only(own, "NodeClass", "private"))).toMatchObject({
      podSubnetSelectorTerms: [{ id: "subnet-3" }, { id: "subnet-4" }],
      podSecurityGroupSelectorTerms: [{ id: "sg-1" }],
    });
  });

  test("our own rules find nothing", async () => {
    expect(await judged(autoMode)).toEqual([]);
  });
});

describe("the output of pods on Fargate", () => {
  const logging = (chart: Chart) => {
    new FargateLogging(chart, "logging", { region: "eu-west-1", logGroupName: "/aws/eks/prod/fargate" });
  };

  test("goes to a log group that Fargate does not make", () => {
    const manifests = synth(logging);
    expect(only(manifests, "Namespace", "aws-observability").metadata.labels).toMatchObject({
      "aws-observability": "enabled",
    });
    expect(only(manifests, "ConfigMap", "aws-logging")["data"]).toEqual({
      "output.conf": `[OUTPUT]
    Name cloudwatch_logs
    Match *
    region eu-west-1
    log_group_name /aws/eks/prod/fargate
    log_stream_prefix fargate-
    auto_create_group false
`,
    });
  });

  test("our own rules find nothing", async () => {
    expect(await judged(logging)).toEqual([]);
  });

  test("is one name, not two settings", () => {
    expect(
      problems((chart) => new FargateLogging(chart, "a", { region: "eu-west-1", logGroupName: "a\n    tls off" })),
    ).toHaveLength(1);
  });
});

describe("bad input", () => {
  const ofClass = (props: Partial<HardenedNodeClassProps>) =>
    problems((chart) => new HardenedNodeClass(chart, "default", { ...CLASS, ...props }));
  const ofPool = (props: Partial<HardenedNodePoolProps>) =>
    problems((chart) => new HardenedNodePool(chart, "p", { nodeClass: EC2, limits: { cpu: 1 }, ...props }));

  test.each<[Partial<HardenedNodeClassProps>, RegExp]>([
    [{ bottlerocketVersion: "latest" }, /^'bottlerocketVersion' must be one release of Bottlerocket, got 'latest'/],
    [{ subnetIds: ["subnet-1"] }, /^'subnetIds' must hold at least 2, got 1/],
    [{ subnetIds: ["vpc-1", "subnet-2"] }, /^'subnetIds\[0\]' must be an id that begins with 'subnet-', got 'vpc-1'/],
    [{ securityGroupIds: [] }, /^'securityGroupIds' must hold at least 1/],
    [{ volumesKeyArn: "alias/aws/ebs" }, /^'volumesKeyArn' must be an ARN of a KMS key, got 'alias\/aws\/ebs'/],
    [{ dataVolumeGiB: 1 }, /^'dataVolumeGiB' must be a whole number from 20 to 16384, got 1/],
    [{ settings: { podPidsLimit: 0 } }, /^'settings.podPidsLimit' must be a whole number/],
    [{ tags: { "karpenter.sh/nodepool": "x" } }, /^'tags.karpenter.sh\/nodepool' must be another one/],
  ])("refuses %j in a class", (props, line) => {
    expect(ofClass(props)).toEqual([expect.stringMatching(line)]);
  });

  test.each<[Partial<HardenedNodePoolProps>, RegExp]>([
    [{ limits: { cpu: 0 } }, /^'limits.cpu' must be a whole number from 1/],
    [{ expireAfterDays: 30 }, /^'expireAfterDays' must be a whole number from 1 to 21, got 30/],
    [{ expireAfterDays: 21 }, /^'expireAfterDays' must leave 24 hours to drain within 21 days, got 21/],
    [{ budgets: [] }, /^'budgets' must hold one that always holds/],
    [{ budgets: [{ nodes: "110%" }] }, /^'budgets\[0\].nodes' must be a count or a percentage, got '110%'/],
    [
      { budgets: [{ nodes: 1 }, { nodes: 0, schedule: "0 9 * * mon-fri" }] },
      /^'budgets\[1\]' must have both or none of schedule and duration/,
    ],
    [{ labels: { "karpenter.sh/a": "b" } }, /^'labels.karpenter.sh\/a' must not begin with/],
    [{ architectures: [] }, /^'architectures' must name one at least/],
    [{ instanceCategories: ["m5"] }, /^'instanceCategories\[0\]' must be letters, got 'm5'/],
    [{ requirements: [{ key: "a", operator: "In" }] }, /^'requirements\[0\].values' must have some values/],
    [{ requirements: [{ key: "a", operator: "Gt", values: ["1", "2"] }] }, /must have one value/],
    [{ taints: [{ key: "a b", effect: "NoSchedule" }] }, /^'taints\[0\].key' must be a key as Kubernetes has it/],
    [{ weight: 101 }, /^'weight' must be a whole number from 1 to 100, got 101/],
  ])("refuses %j in a pool", (props, line) => {
    expect(ofPool(props)).toEqual([expect.stringMatching(line)]);
  });

  test("refuses an ARN for the role of Auto Mode", () => {
    expect(
      problems((chart) => new AutoModeNodeClass(chart, "a", { ...AUTO, role: "arn:aws:iam::111122223333:role/nodes" })),
    ).toEqual([expect.stringMatching(/^'role' must be the name of a role/)]);
  });
});

test("late values pass as tokens", () => {
  const late = { subnetIds: ["${ringfence:a}", "${ringfence:b}"], securityGroupIds: ["${ringfence:c}"] };
  expect(
    problems(
      (chart) =>
        new HardenedNodeClass(chart, "default", { ...CLASS, ...late, volumesKeyArn: "${ringfence:volumes-key}" }),
    ),
  ).toEqual([]);
});
