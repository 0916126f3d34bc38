/**
 * The pack as Pulumi runs it: a process of its own, started by Pulumi's runner on the compiled files, spoken to over the
 * Analyzer protocol.
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type { AnalyzerInfo, AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb.js";
import {
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  PolicySeverity,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

const PACK = join(__dirname, "..", "..", "dist", "policies", "pack");
const RUNNER = join(dirname(require.resolve("@pulumi/pulumi/package.json")), "cmd", "run-policy-pack");
/** What the engine sends for a text that nobody knows yet. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWN_BOOLEAN = "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7";

interface Given {
  readonly type: string;
  readonly name: string;
  readonly props: Record<string, JavaScriptValue>;
  /** Names of the resources that each property is computed from; what the program gave has an entry. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
  readonly provider?: string;
}

let server: ChildProcess;
let client: AnalyzerClient;

beforeAll(async () => {
  if (!existsSync(join(PACK, "index.js"))) throw new Error("this test runs the build: run npm run build first");
  // Pulumi starts a pack with the pack's folder as working directory; the address of the engine is for logging only.
  server = spawn(process.execPath, [RUNNER, "127.0.0.1:1", PACK], { cwd: PACK, stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<string>((resolve, reject) => {
    server.stdout?.once("data", (text: Buffer) => {
      resolve(text.toString().trim());
    });
    server.once("exit", (code) => {
      reject(new Error(`the pack ended with exit code ${String(code)}`));
    });
  });
  client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
}, 30_000);

afterAll(() => {
  client.close();
  server.kill();
});

function urnOf({ type, name }: Pick<Given, "type" | "name">): string {
  return `urn:pulumi:dev::votes::${type}::${name}`;
}

function messageOf(given: Given, all: readonly Given[]): AnalyzerResource {
  const urnNamed = (name: string) => urnOf(all.find((r) => r.name === name) ?? { type: "?", name });
  const message = new AnalyzerResource()
    .setType(given.type)
    .setName(given.name)
    .setUrn(urnOf(given))
    .setProperties(Struct.fromJavaScript(given.props))
    .setOptions(new AnalyzerResourceOptions().setProtect(given.protect ?? false))
    .setProvider(
      new AnalyzerProviderResource()
        .setType("pulumi:providers:any")
        .setName(given.provider ?? "default_1_0_0")
        .setUrn(
          given.provider === undefined
            ? "urn:pulumi:dev::votes::pulumi:providers:any::default_1_0_0"
            : urnNamed(given.provider),
        )
        .setProperties(Struct.fromJavaScript({})),
    );
  const from = Object.entries(given.from ?? {});
  for (const [property, names] of from)
    message
      .getPropertydependenciesMap()
      .set(property, new AnalyzerPropertyDependencies().setUrnsList(names.map(urnNamed)));
  message.setDependenciesList([...new Set(from.flatMap(([, names]) => names))].map(urnNamed));
  return message;
}

async function analyzeStack(all: readonly Given[]): Promise<AnalyzeResponse.AsObject["diagnosticsList"]> {
  const request = new AnalyzeStackRequest().setResourcesList(all.map((given) => messageOf(given, all)));
  const response = await new Promise<AnalyzeResponse>((resolve, reject) => {
    client.analyzeStack(request, (error, value) => {
      if (error === null) resolve(value);
      else reject(error);
    });
  });
  return response.toObject().diagnosticsList;
}

/** What a resource policy says of one resource, as Pulumi asks it at its registration. */
async function analyze(given: Given): Promise<AnalyzeResponse.AsObject["diagnosticsList"]> {
  const request = new AnalyzeRequest()
    .setType(given.type)
    .setName(given.name)
    .setUrn(urnOf(given))
    .setProperties(Struct.fromJavaScript(given.props))
    .setOptions(new AnalyzerResourceOptions());
  const response = await new Promise<AnalyzeResponse>((resolve, reject) => {
    client.analyze(request, (error, value) => {
      if (error === null) resolve(value);
      else reject(error);
    });
  });
  return response.toObject().diagnosticsList;
}

const CLUSTER: Given = {
  type: "aws:eks/cluster:Cluster",
  name: "prod",
  props: {
    name: "prod-1",
    vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
    version: "1.37",
  },
  from: { vpcConfig: [], version: [], name: [] },
};

test("introduces itself with the version of its own package.json and one policy for each severity", async () => {
  const info = await new Promise<AnalyzerInfo>((resolve, reject) => {
    client.getAnalyzerInfo(new Empty(), (error, value) => {
      if (error === null) resolve(value);
      else reject(error);
    });
  });
  expect([info.getName(), info.getVersion()]).toEqual(["ringfence", "0.1.0"]);
  const policies = info.getPoliciesList().map((p) => [p.getName(), p.getEnforcementlevel(), p.getSeverity()]);
  expect(policies).toEqual([
    ["ringfence-inputs", EnforcementLevel.ADVISORY, PolicySeverity.POLICY_SEVERITY_LOW],
    ["ringfence-critical", EnforcementLevel.MANDATORY, PolicySeverity.POLICY_SEVERITY_CRITICAL],
    ["ringfence-high", EnforcementLevel.MANDATORY, PolicySeverity.POLICY_SEVERITY_HIGH],
    ["ringfence-medium", EnforcementLevel.ADVISORY, PolicySeverity.POLICY_SEVERITY_MEDIUM],
    ["ringfence-low", EnforcementLevel.ADVISORY, PolicySeverity.POLICY_SEVERITY_LOW],
    ["ringfence-unknown", EnforcementLevel.ADVISORY, PolicySeverity.POLICY_SEVERITY_LOW],
  ]);
});

test("has the version of the package that it comes with", () => {
  const versionIn = (file: string) => (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
  expect(versionIn(join(PACK, "package.json"))).toBe(versionIn(join(__dirname, "..", "..", "package.json")));
});

test("reports an open endpoint as mandatory, at the cluster, with rule, path and remedy", async () => {
  const diagnostics = await analyzeStack([CLUSTER]);
  const [open] = diagnostics.filter((d) => d.message.includes("eks-public-access-cidrs-restricted"));
  expect(open).toMatchObject({
    policyname: "ringfence-critical",
    enforcementlevel: EnforcementLevel.MANDATORY,
    urn: "urn:pulumi:dev::votes::aws:eks/cluster:Cluster::prod",
  });
  expect(open?.message).toContain("vpcConfig.publicAccessCidrs[0]");
  expect(open?.message).toContain("Fix: ");
});

test("an unknown value is reported as unknown, and keeps no other rule from its answer", async () => {
  const cluster: Given = {
    ...CLUSTER,
    props: { vpcConfig: { endpointPublicAccess: UNKNOWN_BOOLEAN, publicAccessCidrs: ["0.0.0.0/0"] } },
  };
  const diagnostics = await analyzeStack([cluster]);
  const about = (rule: string) => diagnostics.filter((d) => d.message.includes(`[${rule}]`)).map((d) => d.policyname);
  expect(about("eks-endpoint-public-access-disabled")).toEqual(["ringfence-unknown"]);
  expect(about("eks-no-creator-admin")).toEqual(["ringfence-high"]);
  expect(diagnostics.filter((d) => d.message.includes("can't run policy"))).toEqual([]);
});

test("an unknown that the provider computes, and nobody gave, is judged as absent", async () => {
  const group: Given = {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "audit",
    props: { name: "audit", retentionInDays: UNKNOWN_TEXT },
    from: { name: [] },
  };
  const diagnostics = await analyzeStack([group]);
  expect(diagnostics.filter((d) => d.message.includes("log-group-retention-set")).map((d) => d.policyname)).toEqual([
    "ringfence-medium",
  ]);
});

test("references resolve by property dependencies: unknown ids in a preview, known names in an update", async () => {
  const addon = (clusterName: string): Given => ({
    type: "aws:eks/addon:Addon",
    name: "cni",
    props: { clusterName, addonName: "vpc-cni", configurationValues: '{"enableNetworkPolicy":"true"}' },
    from: { clusterName: ["prod"], addonName: [], configurationValues: [] },
  });
  const engine = async (name: string) =>
    (await analyzeStack([CLUSTER, addon(name)])).filter((d) => d.message.includes("eks-network-policy-engine-enabled"));
  expect(await engine(UNKNOWN_TEXT)).toEqual([]);
  expect(await engine("prod-1")).toEqual([]);
  expect((await engine("another")).map((d) => d.policyname)).toEqual(["ringfence-high"]);
});

test("Kubernetes objects are judged in the cluster of their provider, and a password is never repeated", async () => {
  const container = { name: "db", image: "postgres", env: [{ name: "POSTGRES_PASSWORD", value: "hunter2" }] };
  const pod: Given = {
    type: "kubernetes:core/v1:Pod",
    name: "db",
    provider: "k8s",
    props: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "db", namespace: "vote" },
      spec: { containers: [container] },
    },
    from: { metadata: [], spec: [] },
  };
  const provider: Given = {
    type: "pulumi:providers:kubernetes",
    name: "k8s",
    props: { kubeconfig: UNKNOWN_TEXT },
    from: { kubeconfig: ["prod"] },
  };
  const diagnostics = await analyzeStack([CLUSTER, provider, pod]);
  const messages = diagnostics.filter((d) => d.urn === urnOf(pod)).map((d) => d.message);
  expect(messages.some((m) => m.includes("[container-no-plaintext-secret-env] spec.containers[0].env[0].value"))).toBe(
    true,
  );
  expect(JSON.stringify(diagnostics)).not.toContain("hunter2");
});

test("a Secret's data counts as marked, since the engine hands it over without its mark", async () => {
  const secret: Given = {
    type: "kubernetes:core/v1:Secret",
    name: "db",
    props: { apiVersion: "v1", kind: "Secret", metadata: { name: "db" }, data: { password: "aHVudGVyMg==" } },
    from: { data: [] },
  };
  const messages = (await analyzeStack([secret])).map((d) => d.message);
  // That the program writes the data is a finding; that it does so without a mark would be another.
  expect(messages.filter((message) => !message.includes("[secret-external-store] data"))).toEqual([]);
  expect(messages.join()).not.toContain("aHVudGVyMg");
});

test("a second stack gets an answer of its own, not the first one's", async () => {
  expect((await analyzeStack([CLUSTER])).length).toBeGreaterThan(0);
  expect(await analyzeStack([])).toEqual([]);
  const other = await analyzeStack([{ ...CLUSTER, name: "other" }]);
  expect(new Set(other.map((d) => d.urn))).toEqual(new Set(["urn:pulumi:dev::votes::aws:eks/cluster:Cluster::other"]));
});

test("judges what the program gave where Pulumi shows the outputs of an unreachable cluster as nothing", async () => {
  const namespace: Given = {
    type: "kubernetes:core/v1:Namespace",
    name: "vote-namespace",
    props: { metadata: { name: "vote" } },
    from: { metadata: [] },
  };
  expect(await analyze(namespace)).toEqual([]);
  const diagnostics = await analyzeStack([{ ...namespace, props: {} }]);
  expect(diagnostics.find((d) => d.message.includes("namespace-psa-enforce"))?.message).toContain("Namespace 'vote'");
});

test("judges by what Pulumi configures under the first policy", async () => {
  const settings = { sets: [], rules: ["eks-no-creator-admin"], severities: { "eks-no-creator-admin": "critical" } };
  const request = new ConfigureAnalyzerRequest();
  request
    .getPolicyconfigMap()
    .set("ringfence-inputs", new PolicyConfig().setProperties(Struct.fromJavaScript(settings)));
  await new Promise<void>((resolve, reject) => {
    client.configure(request, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  await analyze(CLUSTER);
  const diagnostics = await analyzeStack([CLUSTER]);
  expect(diagnostics.map((d) => [d.policyname, /\[([a-z-]+)\]/.exec(d.message)?.[1]])).toEqual([
    ["ringfence-critical", "eks-no-creator-admin"],
  ]);
});
