/** The API server compiles every admission control, types included, and answers the cases of the unit tests alike. */
import { App, Chart } from "cdk8s";
import {
  AdmissionPolicy,
  Enforcement,
  NamespaceExemption,
  noHostPath,
  requiredLabels,
} from "../../constructs/index.js";
import type { AdmissionPolicyProps } from "../../constructs/index.js";
import { ADMISSION_CASES } from "../constructs/admission/cases.js";
import { MARKED_NAMESPACE, NAMESPACE } from "../constructs/admission/requests.js";
import type { AdmissionCase, Sent } from "../constructs/admission/requests.js";
import { startControlPlane } from "./machinery/index.js";
import type { ControlPlane, Said } from "./machinery/index.js";
import { listOf } from "./manifests.js";
import type { Manifest } from "./manifests.js";
import { until } from "./until.js";

const VAULT = MARKED_NAMESPACE.metadata.name;
const AGENTS = "agents-of-others";

let cluster: ControlPlane;

beforeAll(async () => {
  cluster = startControlPlane();
  const named = (kind: string, apiVersion: string, name: string, more: object = {}): Manifest => ({
    ...{ apiVersion, kind, metadata: { name } },
    ...more,
  });
  apply([
    named("Namespace", "v1", NAMESPACE),
    named("Namespace", "v1", AGENTS),
    MARKED_NAMESPACE,
    ...["gvisor", "runc"].map((name) => named("RuntimeClass", "node.k8s.io/v1", name, { handler: name })),
  ]);
  for (const namespace of [NAMESPACE, AGENTS, VAULT, "default", "kube-system"])
    await until(() => cluster.kubectl(["get", "serviceaccount", "default", "-n", namespace]).code === 0);
});

afterAll(() => cluster.stop());

describe.each(ADMISSION_CASES.map(({ control, cases }, n) => ({ id: control.id, control, cases, n })))(
  "$id",
  ({ control, cases, n }) => {
    const requests = cases.map((request, i) => renamed(request, `-${n}-${i}`));
    const refused = requests.find(({ admitted }) => !admitted);
    const [policy, binding] = manifestsOf({ control });

    beforeAll(async () => {
      apply(
        requests.flatMap(({ old, object, subResource }) => old ?? (subResource === undefined ? [] : podOf(object))),
      );
      apply([policy]);
      await until(() => statusOf(policy) !== undefined);
      apply([binding]);
      await until(() => refused !== undefined && isDenied(send(refused)));
    });

    afterAll(async () => {
      cluster.kubectl(["delete", "-f", "-"], listOf([binding, policy]));
      // The API server knows a policy for a moment after it is gone, and the next control's cases would meet it.
      await until(() => refused === undefined || !isDenied(send(refused)));
    });

    test("has no warnings of types", () => {
      expect(statusOf(policy)?.expressionWarnings ?? []).toEqual([]);
    });

    test.each(requests)("$why: admitted $admitted", (request) => {
      const said = send(request);
      expect([said.err, isDenied(said)]).toEqual([
        request.admitted ? expect.not.stringContaining("ValidatingAdmissionPolicy") : expect.any(String),
        !request.admitted,
      ]);
      // What opens a stream cannot be tried without one.
      if (request.admitted && request.subResource !== "exec") expect(said).toMatchObject({ code: 0 });
    });
  },
);

describe("exemptions", () => {
  const hostPath = (name: string, namespace: string, image = "a:1"): Sent => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: { containers: [{ name: "app", image }], volumes: [{ name: "etc", hostPath: { path: "/etc" } }] },
  });
  // Each test has a name of its own: the API server knows a policy for a moment after it is gone.
  const exempt = (name: string, until: string): AdmissionPolicyProps => ({
    name,
    control: noHostPath(),
    exemptions: [NamespaceExemption.of(AGENTS, { reason: "the agent reads the node", until })],
  });
  const create = (object: Sent): Said => cluster.kubectl(["create", "--dry-run=server", "-f", "-"], listOf([object]));
  const effective = (name: string): Promise<void> =>
    until(() => create(hostPath("probe", NAMESPACE)).err.includes(`ValidatingAdmissionPolicy '${name}'`));

  afterEach(async () => {
    cluster.kubectl(["delete", "validatingadmissionpolicybindings,validatingadmissionpolicies", "--all"]);
    await until(() => !isDenied(create(hostPath("probe", AGENTS))));
  });

  test("a day to come: its namespace passes, others do not", async () => {
    apply(manifestsOf(exempt("to-come", "2999-12-31")));
    await effective("to-come");
    expect(create(hostPath("a", AGENTS))).toMatchObject({ code: 0 });
    expect(isDenied(create(hostPath("a", NAMESPACE)))).toBe(true);
  });

  test("a day that has passed: the policy itself refuses", async () => {
    apply(manifestsOf(exempt("passed", "2020-12-31")));
    await effective("passed");
    expect(isDenied(create(hostPath("a", AGENTS)))).toBe(true);
  });

  test("an object made in time cannot be changed afterwards", async () => {
    const end = Date.now() + 6000;
    apply(manifestsOf(exempt("passing", "2999-12-31")).map((manifest) => endingAt(manifest, end)));
    await effective("passing");
    apply([hostPath("old", AGENTS)]);
    const change = (image: string): Said =>
      cluster.kubectl(["set", "image", "pod/old", `app=${image}`, "-n", AGENTS, "--field-manager=somebody"]);
    expect(change("a:2")).toMatchObject({ code: 0 });
    await until(() => Date.now() > end + 1000);
    expect(isDenied(change("a:3"))).toBe(true);
    // What leaves the spec as it was passes: controllers must be able to finish a pod.
    expect(cluster.kubectl(["label", "pod/old", "-n", AGENTS, "a=b"])).toMatchObject({ code: 0 });
  });

  test("an update that only takes away sets no time, and passes: the limit that the documentation names", async () => {
    const control = requiredLabels({ labels: ["team"] });
    const exemptions = [NamespaceExemption.of(AGENTS, { reason: "labels come later", until: "2999-12-31" })];
    const end = Date.now() + 6000;
    apply(manifestsOf({ control, exemptions }).map((manifest) => endingAt(manifest, end)));
    const deployment = (name: string, namespace: string, labels: Record<string, string>): Sent => ({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace, labels },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: "x" } },
        template: { metadata: { labels: { app: "x" } }, spec: { containers: [{ name: "app", image: "a:1" }] } },
      },
    });
    await until(() => isDenied(create(deployment("probe", NAMESPACE, {}))));
    apply([deployment("d", AGENTS, { team: "x" })]);
    await until(() => Date.now() > end + 1000);
    expect(cluster.kubectl(["label", "deployment/d", "-n", AGENTS, "team-"])).toMatchObject({ code: 0 });
    expect(isDenied(cluster.kubectl(["label", "deployment/d", "-n", AGENTS, "a=b"]))).toBe(true);
  });
});

test("a warning is a warning", async () => {
  const enforcement = Enforcement.warn({ reason: "teams fix their charts first" });
  apply(manifestsOf({ control: noHostPath(), enforcement }));
  const pod = ADMISSION_CASES.flatMap(({ cases }) => cases).find(({ why }) => why === "a directory of the node");
  const create = (): Said => cluster.kubectl(["create", "--dry-run=server", "-f", "-"], JSON.stringify(pod?.object));
  await until(() => create().err !== "");
  expect(create()).toMatchObject({
    code: 0,
    err: expect.stringMatching(
      /^Warning: Validation failed for ValidatingAdmissionPolicy 'ringfence-no-host-path'/,
    ) as unknown,
  });
});

function manifestsOf(props: AdmissionPolicyProps): readonly [Manifest, Manifest] {
  const chart = new Chart(new App(), "policies");
  new AdmissionPolicy(chart, "policy", props);
  return chart.toJson() as [Manifest, Manifest];
}

function apply(manifests: readonly Manifest[]): void {
  if (manifests.length === 0) return;
  const said = cluster.kubectl(["apply", "--server-side", "--validate=strict", "-f", "-"], listOf(manifests));
  expect(said).toMatchObject({ code: 0, err: "" });
}

/** The manifest with the end of its exemption at another moment, in milliseconds since 1970. */
function endingAt(manifest: Manifest, end: number): Manifest {
  const at = new Date(end).toISOString();
  return JSON.parse(JSON.stringify(manifest).replaceAll("3000-01-01T00:00:00Z", at)) as Manifest;
}

/** Another name for what must be there before, so that cases do not meet. */
function renamed(request: AdmissionCase, suffix: string): AdmissionCase {
  const { old, object, subResource } = request;
  if (old === undefined && subResource === undefined) return request;
  const rename = (sent: Sent): Sent => ({ ...sent, metadata: { ...sent.metadata, name: sent.metadata.name + suffix } });
  return { ...request, object: rename(object), ...(old === undefined ? {} : { old: rename(old) }) };
}

/** The pod into which somebody execs. */
function podOf({ metadata }: Sent): Sent {
  return { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [{ name: "app", image: "a:1" }] } };
}

function statusOf({ metadata }: Manifest): { readonly expressionWarnings?: unknown } | undefined {
  const { out } = cluster.kubectl(["get", "validatingadmissionpolicy", metadata.name, "-o", "json"]);
  const { status } = JSON.parse(out) as { readonly status?: { readonly typeChecking?: object } };
  return status?.typeChecking;
}

/** Sends a request that changes nothing. */
function send({ object, old, subResource, user }: AdmissionCase): Said {
  const as = user === undefined ? [] : ["--as", user, "--as-group", "system:masters"];
  const { name, namespace = "" } = object.metadata;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  if (subResource === "exec" || subResource === "attach")
    return cluster.kubectl(["create", "--raw", `${path}/${subResource}?command=sh&stdout=true`, "-f", "-"], "{}");
  if (subResource === "ephemeralcontainers") {
    const live = JSON.parse(cluster.kubectl(["get", "--raw", path]).out) as { readonly spec: object };
    const changed = { ...live, spec: { ...live.spec, ...(object["spec"] as object), ...pickContainers(live.spec) } };
    return cluster.kubectl(
      ["replace", "--raw", `${path}/${subResource}?dryRun=All`, "-f", "-"],
      JSON.stringify(changed),
    );
  }
  if (old === undefined)
    return cluster.kubectl([...as, "create", "--dry-run=server", "-f", "-"], JSON.stringify(object));
  const gone = Object.keys(old.metadata.labels ?? {}).map((key) => [key, null] as const);
  const labels: Readonly<Record<string, string | null>> = { ...Object.fromEntries(gone), ...object.metadata.labels };
  const { metadata: _, ...rest } = object;
  const patch = JSON.stringify({ ...rest, metadata: { labels } });
  const target = [`${object.kind}/${name}`, ...(namespace === "" ? [] : ["-n", namespace])];
  return cluster.kubectl([...as, "patch", ...target, "--dry-run=server", "--type=strategic", "-p", patch]);
}

/** The API server has filled these in, and they cannot change. */
function pickContainers(spec: object): object {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => key === "containers"));
}

function isDenied({ code, err }: Said): boolean {
  return code !== 0 && /ValidatingAdmissionPolicy '[^']+' with binding '[^']+' denied request/.test(err);
}
