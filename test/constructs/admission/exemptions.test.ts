import {
  AdmissionGuardrails,
  AdmissionPolicy,
  Enforcement,
  gatekeeperEngine,
  imageOrigin,
  kyvernoEngine,
  NamespaceExemption,
  nativeEngine,
  noExec,
  noHostPath,
  noHostVolume,
  noWildcardRbac,
  ObjectExemption,
  podSecurityLock,
} from "../../../constructs/index.js";
import type { AdmissionExemption, ExpressionControl } from "../../../constructs/index.js";
import { only, problems, synth } from "../synth.js";
import type { Sent } from "./requests.js";
import { refusals } from "./engines.js";
import type { RenderedObject } from "./engines.js";

const OPTIONS = { reason: "the vendor's agent mounts the node", until: "2026-12-31" };
const ENGINES = [nativeEngine, kyvernoEngine, gatekeeperEngine];
const BEFORE = "2026-12-31T23:59:59Z";
const AFTER = "2027-01-01T00:00:00Z";

/** A pod that no control lets pass, made and written at these times. */
function pod(namespace: string, name: string, created: string | undefined, ...written: readonly string[]): Sent {
  const times = { managedFields: written.map((time) => ({ manager: "kubectl", time })) };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace,
      ...(created === undefined ? {} : { creationTimestamp: created }),
      ...(written.length === 0 ? {} : times),
    },
    spec: { containers: [{ name: "app", image: "x" }], volumes: [{ name: "etc", hostPath: { path: "/etc" } }] },
  };
}

function admits(
  engine: (typeof ENGINES)[number],
  exemption: AdmissionExemption,
  object: Sent,
  control: ExpressionControl = noHostPath(),
): boolean {
  const objects = synth((chart) => new AdmissionPolicy(chart, "p", { control, engine, exemptions: [exemption] }));
  return refusals(objects as unknown as RenderedObject[], { why: "", admitted: true, object }).length === 0;
}

describe.each(ENGINES)("exemptions by $name", (engine) => {
  const exemption = NamespaceExemption.of("agents", OPTIONS);

  test("hold until the end of their last day, for what is made", () => {
    expect(admits(engine, exemption, pod("agents", "a", BEFORE))).toBe(true);
    expect(admits(engine, exemption, pod("agents", "a", AFTER))).toBe(false);
  });

  test("end for what is written afterwards, however old it is", () => {
    expect(admits(engine, exemption, pod("agents", "a", BEFORE, BEFORE, BEFORE))).toBe(true);
    expect(admits(engine, exemption, pod("agents", "a", BEFORE, BEFORE, AFTER))).toBe(false);
  });

  test("say nothing of an object without a time, or in another namespace", () => {
    expect(admits(engine, exemption, pod("agents", "a", undefined))).toBe(false);
    expect(admits(engine, exemption, pod("shop", "a", BEFORE))).toBe(false);
  });

  test("of one object do not hold for its neighbours", () => {
    const one = ObjectExemption.inNamespace("agents", "falco", OPTIONS);
    expect(admits(engine, one, pod("agents", "falco", BEFORE))).toBe(true);
    expect(admits(engine, one, pod("agents", "other", BEFORE))).toBe(false);
  });

  test("of an object of the cluster do not hold for one of that name in a namespace", () => {
    const one = ObjectExemption.inCluster("vendor", OPTIONS);
    const role = (metadata: Sent["metadata"], kind: string): Sent => ({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind,
      metadata: { ...metadata, ...{ creationTimestamp: BEFORE } },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
    });
    expect(admits(engine, one, role({ name: "vendor" }, "ClusterRole"), noWildcardRbac())).toBe(true);
    expect(admits(engine, one, role({ name: "other" }, "ClusterRole"), noWildcardRbac())).toBe(false);
    expect(admits(engine, one, role({ name: "vendor", namespace: "shop" }, "Role"), noWildcardRbac())).toBe(false);
  });

  test("of a namespace let its level pass too", () => {
    const agents = (created: string): Sent => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "agents", ...{ creationTimestamp: created } },
    });
    expect(admits(engine, exemption, agents(BEFORE), podSecurityLock())).toBe(true);
    expect(admits(engine, exemption, agents(AFTER), podSecurityLock())).toBe(false);
  });

  test("of other controls have no effect", () => {
    const other = NamespaceExemption.of("agents", { ...OPTIONS, controls: ["images"] });
    const objects = synth(
      (chart) =>
        new AdmissionGuardrails(chart, "g", {
          approvedRegistries: ["ghcr.io"],
          controls: [noHostPath()],
          exemptions: [other],
          engine,
        }),
    );
    const hostPath = objects.filter((o) => o.metadata.name.replaceAll("-", "").includes("nohostpath"));
    expect(hostPath.length).toBeGreaterThan(0);
    expect(JSON.stringify(hostPath)).not.toContain("agents");
    expect(JSON.stringify(objects)).toContain("2027-01-01T00:00:00Z");
  });
});

test("an exemption and a weaker enforcement stay readable in the manifest, with their reasons", () => {
  const enforcement = Enforcement.warn({ reason: "teams fix their charts until March" });
  const manifests = synth((chart) => {
    const exemptions = [NamespaceExemption.of("agents", OPTIONS)];
    new AdmissionPolicy(chart, "p", { control: noHostPath(), exemptions, enforcement });
  });
  const relaxations = JSON.stringify([
    { choice: "Enforcement.warn", reason: "teams fix their charts until March" },
    { choice: "NamespaceExemption.of('agents') until 2026-12-31", reason: "the vendor's agent mounts the node" },
  ]);
  for (const kind of ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"])
    expect(only(manifests, kind, "ringfence-no-host-path").metadata.annotations).toEqual({
      "ringfence.dev/relaxations": relaxations,
    });
});

test("bad exemptions are told at once", () => {
  expect(() => NamespaceExemption.of("a", { reason: "short", until: "2026-12-31" })).toThrow("'reason' must say why");
  for (const until of ["2026-02-30", "soon", "2026-12-31T00:00:00Z"])
    expect(() => NamespaceExemption.of("a", { ...OPTIONS, until })).toThrow(
      `'until' must be a day, got '${until}'. Write it like '2027-03-31': the last day that it holds`,
    );
  const told = problems((chart) => {
    new AdmissionGuardrails(chart, "g", {
      approvedRegistries: ["ghcr.io"],
      controls: [noExec(), noHostVolume()],
      exemptions: [
        NamespaceExemption.of("Agents", OPTIONS),
        NamespaceExemption.of("agents", { ...OPTIONS, controls: ["no-host-paths"] }),
        NamespaceExemption.of("agents", { ...OPTIONS, controls: ["no-exec"] }),
        ObjectExemption.inCluster("", { ...OPTIONS, controls: ["no-host-volume"] }),
      ],
    });
    new AdmissionPolicy(chart, "p", {
      control: imageOrigin(["ghcr.io"]),
      name: "images-again",
      exemptions: [ObjectExemption.inCluster("disk", OPTIONS)],
    });
  });
  const inForce = "pod-security, images, no-exec, no-host-volume";
  expect([...new Set(told)].map((line) => line.replace(/, got .*/, ""))).toEqual([
    "'exemptions[0]' must be a DNS label of at most 63 characters",
    `'exemptions[1].controls' must be controls that are in force (${inForce})`,
    `'exemptions[2]' must have a place in what is in force (${inForce})`,
    "'exemptions[3]' must name one object",
    "'exemptions[0]' must have a place in what is in force (images)",
  ]);
});
