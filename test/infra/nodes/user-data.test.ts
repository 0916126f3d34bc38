/** User data: what a person may choose, what is laid over it, and what nobody may undo. */
import { parse } from "smol-toml";
import { Cluster, NodeGroup } from "../../../infra/index.js";
import type { NodeConfigSpec, NodeGroupArgs, NodeSettings } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, planIn } from "../support.js";
import { CLUSTER, GROUP, KEYS, NETWORK, TEMPLATE, userDataOf } from "./references.js";

const plan = (args: Partial<NodeGroupArgs> = {}) =>
  planIn(() => {
    new NodeGroup("nodes", { network: NETWORK, cluster: CLUSTER, keys: KEYS, ...args });
  });

const AL2023 = { amiType: "AL2023_x86_64_STANDARD" } as const;

/** The parts of a MIME document by their type, each read as JSON. */
function partsOf(made: Plan): Readonly<Record<string, unknown>> {
  const [, ...parts] = userDataOf(made).split("--==RINGFENCE==\n");
  return Object.fromEntries(
    parts.map((part) => {
      const [head = "", ...body] = part.replace("--==RINGFENCE==--\n", "").split("\n\n");
      const json = body.join("\n\n").replace("#cloud-config\n", "");
      return [/Content-Type: ([^;\n]+)/.exec(head)?.[1] ?? "", JSON.parse(json) as unknown];
    }),
  );
}

test("choices reach Bottlerocket's settings", async () => {
  const settings: NodeSettings = {
    maxPods: 58,
    podPidsLimit: 1024,
    eventQps: 5,
    maxParallelImagePulls: 3,
    containerLogMiB: 20,
    containerLogFiles: 3,
    shutdownSeconds: 60,
    criticalShutdownSeconds: 10,
    sysctls: { "net.core.somaxconn": "4096" },
  };
  const made = await plan({ settings });
  expect(parse(userDataOf(made))).toMatchObject({
    settings: {
      kubernetes: {
        "max-pods": 58,
        "pod-pids-limit": 1024,
        "event-qps": 5,
        "max-parallel-image-pulls": 3,
        "container-log-max-size": "20Mi",
        "container-log-max-files": 3,
        "shutdown-grace-period": "60s",
        "shutdown-grace-period-for-critical-pods": "10s",
      },
      kernel: { sysctl: { "net.core.somaxconn": "4096", "net.ipv4.conf.all.send_redirects": "0" } },
    },
  });
});

test("images with NVIDIA's drivers, which nobody signs, keep their own lockdown: the node would never come up", async () => {
  const made = await plan({ amiType: "BOTTLEROCKET_x86_64_NVIDIA", instanceTypes: ["g6.xlarge"] });
  const { settings } = parse(userDataOf(made)) as { settings: { kernel: Record<string, unknown> } };
  expect(settings.kernel).not.toHaveProperty("lockdown");
  expect(settings.kernel).toHaveProperty("sysctl");
});

test("settings in TOML are laid over ours", async () => {
  const bottlerocket = '[settings.ntp]\ntime-servers = ["169.254.169.123"]\n\n[settings.kubernetes]\nevent-qps = 5\n';
  expect(parse(userDataOf(await plan({ bottlerocket })))).toMatchObject({
    settings: {
      ntp: { "time-servers": ["169.254.169.123"] },
      kubernetes: { "event-qps": 5, "seccomp-default": true },
    },
  });
});

test.each([
  ["settings.kubernetes.seccomp-default", "[settings.kubernetes]\nseccomp-default = false", "must be true, got false"],
  [
    "settings.kubernetes.allowed-unsafe-sysctls",
    '[settings.kubernetes]\nallowed-unsafe-sysctls = ["net.*"]',
    "must be []",
  ],
  ["settings.kubernetes.standalone-mode", "[settings.kubernetes]\nstandalone-mode = true", "must be false"],
  ["settings.kubernetes.static-pods", "[settings.kubernetes.static-pods.a]\nenabled = true", "must not be there"],
  ["settings.kubernetes.cluster-name", '[settings.kubernetes]\ncluster-name = "mine"', "must not be there"],
  ["settings.kubernetes.pod-pids-limit", "[settings.kubernetes]\npod-pids-limit = -1", "must be a limit"],
  ["settings.host-containers.admin.enabled", "[settings.host-containers.admin]\nenabled = true", "must be false"],
  ["settings.host-containers.mine.enabled", "[settings.host-containers.mine]\nenabled = true", "must be false"],
  ["settings.bootstrap-containers.a", '[settings.bootstrap-containers.a]\nsource = "x"', "must not be there"],
  ["settings.bootstrap-commands.a", "[settings.bootstrap-commands.a]\ncommands = []", "must not be there"],
  [
    "settings.container-registry.credentials",
    "[[settings.container-registry.credentials]]\nregistry = 'a'",
    "must not",
  ],
  [
    "settings.oci-defaults.capabilities.sys-admin",
    "[settings.oci-defaults.capabilities]\nsys-admin = true",
    "must not give",
  ],
  ["settings.kernel.lockdown", '[settings.kernel]\nlockdown = "none"', "must be 'integrity' or 'confidentiality'"],
  [
    "settings.kernel.sysctl.vm.overcommit_memory",
    '[settings.kernel.sysctl]\n"vm.overcommit_memory" = "0"',
    "must be '1'",
  ],
  [
    "settings.kernel.sysctl.net.ipv4.conf.all.accept_redirects",
    '[settings.kernel.sysctl]\n"net.ipv4.conf.all.accept_redirects" = "1"',
    "must be '0'",
  ],
  ["settings.kubernets", "[settings.kubernets]\nmax-pods = 5", "must be a setting of Bottlerocket"],
  ["settings.kubernetes.maxpods", "[settings.kubernetes]\nmaxpods = 5", "must be a setting of Bottlerocket"],
  ["kubernetes", "[kubernetes]\nmax-pods = 5", "must be a setting of Bottlerocket"],
])("refuses %s in TOML", async (path, bottlerocket, rule) => {
  await expect(plan({ bottlerocket })).rejects.toThrow(`'bottlerocket: ${path}' ${rule}`);
});

test("refuses what is no TOML, and says where", async () => {
  await expect(plan({ bottlerocket: "[settings.ntp\na = 1" })).rejects.toThrow(
    /'bottlerocket' must be TOML, got 'line 1, column \d+: Invalid TOML document: .*'\. Write it as/,
  );
});

describe("Amazon Linux 2023", () => {
  test("has a node config with the same hardening, written out for CIS", async () => {
    const made = await plan({ ...AL2023, settings: { maxPods: 58, sysctls: { "net.core.somaxconn": "4096" } } });
    expect(inputs(made, GROUP)["amiType"]).toBe("AL2023_x86_64_STANDARD");
    const parts = partsOf(made);
    expect(parts["application/node.eks.aws"]).toEqual({
      apiVersion: "node.eks.aws/v1alpha1",
      kind: "NodeConfig",
      spec: {
        kubelet: {
          config: {
            authentication: { anonymous: { enabled: false }, webhook: { enabled: true } },
            authorization: { mode: "Webhook" },
            readOnlyPort: 0,
            protectKernelDefaults: true,
            makeIPTablesUtilChains: true,
            serverTLSBootstrap: true,
            streamingConnectionIdleTimeout: "5m0s",
            seccompDefault: true,
            allowedUnsafeSysctls: [],
            podPidsLimit: 4096,
            eventRecordQPS: 50,
            containerLogMaxSize: "10Mi",
            containerLogMaxFiles: 5,
            shutdownGracePeriod: "90s",
            shutdownGracePeriodCriticalPods: "30s",
            maxPods: 58,
          },
        },
      },
    });
    expect(parts["text/cloud-config"]).toMatchObject({
      write_files: [
        {
          path: "/etc/sysctl.d/90-ringfence.conf",
          content: expect.stringContaining("net.ipv4.conf.all.send_redirects = 0\n") as unknown,
        },
        {
          path: "/etc/modprobe.d/90-ringfence.conf",
          content: "install sctp /bin/false\ninstall udf /bin/false\n",
        },
      ],
      runcmd: [["sysctl", "--system"]],
    });
    expect(JSON.stringify(parts["text/cloud-config"])).toContain("net.core.somaxconn = 4096");
  });

  test("has one disk, and our rules find nothing", async () => {
    const made = await plan(AL2023);
    expect(inputs(made, TEMPLATE)["blockDeviceMappings"]).toMatchObject([
      { deviceName: "/dev/xvda", ebs: { volumeSize: 50, encrypted: "true" } },
    ]);
    expect(findingsIn(made).filter((finding) => finding.includes(" fail "))).toEqual([]);
  });

  test("parts of a node config are laid over ours", async () => {
    const nodeConfig: NodeConfigSpec = {
      kubelet: { config: { imageGCHighThresholdPercent: 70 }, flags: ["--v=2"] },
      featureGates: { InstanceIdNodeName: true },
    };
    expect(partsOf(await plan({ ...AL2023, nodeConfig }))["application/node.eks.aws"]).toMatchObject({
      spec: {
        kubelet: { config: { imageGCHighThresholdPercent: 70, seccompDefault: true }, flags: ["--v=2"] },
        featureGates: { InstanceIdNodeName: true },
      },
    });
  });

  test.each([
    ["kubelet.config: authentication.anonymous.enabled", { authentication: { anonymous: { enabled: true } } }],
    ["kubelet.config: authentication.webhook.enabled", { authentication: { webhook: { enabled: false } } }],
    ["kubelet.config: authorization.mode", { authorization: { mode: "AlwaysAllow" } }],
    ["kubelet.config: readOnlyPort", { readOnlyPort: 10255 }],
    ["kubelet.config: rotateCertificates", { rotateCertificates: true }],
    ["kubelet.config: protectKernelDefaults", { protectKernelDefaults: false }],
    ["kubelet.config: streamingConnectionIdleTimeout", { streamingConnectionIdleTimeout: "0s" }],
    ["kubelet.config: seccompDefault", { seccompDefault: false }],
    ["kubelet.config: allowedUnsafeSysctls", { allowedUnsafeSysctls: ["net.*"] }],
    [
      "kubelet.config: featureGates.RotateKubeletServerCertificate",
      { featureGates: { RotateKubeletServerCertificate: false } },
    ],
    ["kubelet.config: staticPodPath", { staticPodPath: "/etc/pods" }],
    ["kubelet.config: podPidsLimit", { podPidsLimit: -1 }],
  ])("refuses %s", async (path, config) => {
    await expect(plan({ ...AL2023, nodeConfig: { kubelet: { config } } })).rejects.toThrow(`'nodeConfig.${path}' must`);
  });

  test.each(["--anonymous-auth=true", "--read-only-port=10255", "--node-labels=a=b", "--config=/tmp/x"])(
    "refuses the flag %s",
    async (flag) => {
      await expect(plan({ ...AL2023, nodeConfig: { kubelet: { flags: [flag] } } })).rejects.toThrow(
        "'nodeConfig.kubelet.flags[0]' must leave the configuration alone",
      );
    },
  );

  test("refuses another cluster, and the other system's language", async () => {
    const nodeConfig = { cluster: { name: "mine" } } as unknown as NodeConfigSpec;
    await expect(plan({ ...AL2023, nodeConfig, bottlerocket: "[settings.ntp]" })).rejects.toThrow(
      [
        "NodeGroup 'nodes':",
        "  'nodeConfig.cluster' must be part of a NodeConfig, got 'cluster'. Use kubelet, containerd, instance, featureGates",
        "  'bottlerocket' must be of the operating system of the image, got 'al2023'. Use `nodeConfig`, which is what this image reads",
      ].join("\n"),
    );
  });
});

describe("an image of one's own is told its cluster", () => {
  const imageId = "ami-0123456789abcdef0";

  test("Bottlerocket", async () => {
    const made = await plan({ amiType: "CUSTOM", customImage: { imageId, os: "bottlerocket", architecture: "x86" } });
    expect(inputs(made, TEMPLATE)["imageId"]).toBe(imageId);
    expect(inputs(made, GROUP)).not.toHaveProperty("version");
    expect(parse(userDataOf(made))).toMatchObject({
      settings: {
        kubernetes: {
          "cluster-name": "prod",
          "api-server": CLUSTER.endpoint,
          "cluster-certificate": "Q0E=",
          "cluster-dns-ip": "172.20.0.10",
          "seccomp-default": true,
        },
      },
    });
  });

  test("Amazon Linux 2023", async () => {
    const made = await plan({ amiType: "CUSTOM", customImage: { imageId, os: "al2023", architecture: "x86" } });
    expect(partsOf(made)["application/node.eks.aws"]).toMatchObject({
      spec: { cluster: { name: "prod", apiServerEndpoint: CLUSTER.endpoint, cidr: "172.20.0.0/16" } },
    });
  });

  test("only at the deployment, of a cluster whose certificate is not there yet", async () => {
    const made = await planIn(() => {
      const cluster = new Cluster("prod", {
        network: NETWORK,
        keys: {
          secretsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
          logsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/2",
        },
        today: new Date("2026-11-21"),
      });
      new NodeGroup("nodes", {
        ...{ network: NETWORK, cluster, keys: KEYS },
        ...{ amiType: "CUSTOM", customImage: { imageId, os: "bottlerocket", architecture: "x86" } },
      });
    });
    expect(inputs(made, TEMPLATE)["userData"]).toBe("[unknown]");
  });
});

test("refuses settings out of range, each by its name", async () => {
  const settings: NodeSettings = {
    maxPods: 500,
    podPidsLimit: 1,
    eventQps: 0,
    shutdownSeconds: 20,
    sysctls: { "kernel.panic": "0", somaxconn: "1" },
  };
  await expect(plan({ settings })).rejects.toThrow(
    [
      "NodeGroup 'nodes':",
      "  'settings.maxPods' must be a whole number from 4 to 250, got 500. Give a number in that range",
      "  'settings.podPidsLimit' must be a whole number from 100 to 1048576, got 1. Give a number in that range",
      "  'settings.eventQps' must be a whole number from 1 to 1000, got 0. Give a number in that range",
      "  'settings.sysctls.kernel.panic' must be '10', got '0'. The kubelet protects the kernel's defaults and does not start otherwise",
      "  'settings.sysctls.somaxconn' must be the name of a kernel parameter, got 'somaxconn'. Write it like 'net.core.somaxconn'",
      "  'settings.criticalShutdownSeconds' must be less than the 20 seconds of shutdownSeconds, got 30. Critical pods have the last part of that time: leave some to the others",
    ].join("\n"),
  );
});
