/**
 * The sets of the Pod Security Standards follow the version of Kubernetes, and say of a pod what admission says. All 738
 * pods of its test data agreed with them when this was written.
 */
import { World } from "../../plan/world/index.js";
import { manifest, planOfExample, unresolved } from "../../policies/examples.js";
import type { ExampleObject } from "../../policies/index.js";
import { judge, selectRules } from "../../policies/index.js";
import { podSecurity, STANDARD_CHECKS } from "../../policies/lib/pod-security/index.js";
import { isInStandard, PSS_RESTRICTED } from "../../policies/sets/pod-security.js";
import { podView } from "../../policies/shapes.js";
import { contextOf } from "./said.js";

const TODAY = new Date("2026-11-21");

function idsAt(set: string, minor: number): readonly string[] {
  return selectRules([set], undefined, minor).map((rule) => rule.id);
}

function planOf(spec: ExampleObject, annotations: ExampleObject = {}) {
  const pod = manifest({ apiVersion: "v1", kind: "Pod", metadata: { name: "p", annotations }, spec });
  return planOfExample({ title: "a pod", resources: [pod] });
}

/** The paths that a set refuses, those that others imply among them, `?` before those that nobody can tell. */
function refused(set: string, version: string, spec: ExampleObject): readonly string[] {
  const { findings } = judge(planOf(spec), { sets: [set], kubernetesVersion: version, today: TODAY });
  return findings
    .flatMap((f) => [f, ...f.covered])
    .map((f) => `${f.verdict === "fail" ? "" : "?"}${f.rule.id} ${f.path}`);
}

describe("which rules a set has", () => {
  test.each<[string, string, number]>([
    ["pss-baseline", "pod-no-probe-or-lifecycle-host", 34],
    ["pss-restricted", "container-no-privilege-escalation", 8],
    ["pss-restricted", "pod-seccomp-runtime-default", 19],
    ["pss-restricted", "container-drop-all-capabilities", 22],
    ["pss-restricted", "pod-run-as-user-nonzero", 23],
    ["pss-restricted", "container-proc-mount-default-strict", 35],
  ])("%s has %s from 1.%i on", (set, rule, since) => {
    expect([since - 1, since, 37].map((minor) => idsAt(set, minor).includes(rule))).toEqual([false, true, true]);
  });

  test.each<[string, number]>([
    ["pod-seccomp-not-unconfined", 19],
    ["container-capabilities-baseline", 22],
    ["container-proc-mount-default", 35],
  ])("restricted drops %s at 1.%i, where a stricter rule takes its place, and baseline keeps it", (rule, until) => {
    expect([until - 1, until].map((minor) => idsAt("pss-restricted", minor).includes(rule))).toEqual([true, false]);
    expect(idsAt("pss-baseline", 37)).toContain(rule);
  });

  test("without a version it has those of every version, and a rule named besides is asked at any", () => {
    expect(selectRules(["pss-restricted"]).map((rule) => rule.id)).toEqual([...PSS_RESTRICTED].sort());
    const named = selectRules(["pss-baseline"], ["pod-no-probe-or-lifecycle-host"], 20).map((rule) => rule.id);
    expect(named).toContain("pod-no-probe-or-lifecycle-host");
  });

  test("every check of the standards has a rule at every version from its own on", () => {
    for (const level of ["baseline", "restricted"] as const)
      for (let minor = 0; minor <= 37; minor++) {
        const rules = PSS_RESTRICTED.filter((rule) => isInStandard(level, rule, minor));
        const checks = STANDARD_CHECKS.filter(
          (check) => check.since <= minor && (level === "restricted" || check.level === level),
        );
        const needed = checks.filter((check) => !checks.some((other) => other.id === check.coveredBy));
        // One check, that of the host's namespaces, is three rules.
        expect([level, minor, rules.length]).toEqual([level, minor, needed.length + 2]);
      }
  });
});

describe("what a set says", () => {
  const nonRoot = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
  const hardened = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
  const container = { name: "c", image: "i", securityContext: hardened };

  test("a rule that did not exist in a version is not applied there", () => {
    const spec = { containers: [{ name: "c", image: "i", livenessProbe: { httpGet: { host: "h", port: 1 } } }] };
    expect(refused("pss-baseline", "1.33", spec)).toEqual([]);
    expect(refused("pss-baseline", "1.34", spec)).toEqual([
      "pod-no-probe-or-lifecycle-host spec.containers[0].livenessProbe.httpGet.host",
    ]);
  });

  test("a rule that was laxer is applied as it was", () => {
    const windows = { os: { name: "windows" }, securityContext: { runAsNonRoot: true }, containers: [container] };
    expect(refused("pss-restricted", "1.24", windows)).toEqual([
      "pod-seccomp-runtime-default spec.containers[0].securityContext.seccompProfile.type",
    ]);
    expect(refused("pss-restricted", "1.25", windows)).toEqual([]);
    const buffers = { securityContext: { sysctls: [{ name: "net.ipv4.tcp_notsent_lowat", value: "1" }] } };
    expect(refused("pss-baseline", "1.36", { ...buffers, containers: [container] })).toHaveLength(1);
    expect(refused("pss-baseline", "1.37", { ...buffers, containers: [container] })).toEqual([]);
  });

  test("a stricter rule does not bring back what its version exempts", () => {
    const spec = {
      os: { name: "windows" },
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "Unconfined" } },
      containers: [container],
    };
    expect(refused("pss-restricted", "1.36", spec)).toEqual([]);
    expect(refused("pss-baseline", "1.36", spec)).toHaveLength(1);
  });

  test("an image is a volume that the restricted level allows", () => {
    const spec = {
      securityContext: nonRoot,
      volumes: [{ name: "model", image: { reference: "example.com/model:1" } }],
      containers: [container],
    };
    expect(refused("pss-restricted", "1.36", spec)).toEqual([]);
  });

  test("is what the dry run of admission says, place by place", () => {
    const specs: readonly ExampleObject[] = [
      { containers: [{ name: "c", image: "i" }] },
      { securityContext: nonRoot, containers: [container] },
      { hostUsers: false, containers: [{ ...container, securityContext: { ...hardened, procMount: "Unmasked" } }] },
      { hostPID: true, hostIPC: true, volumes: [{ name: "v", hostPath: { path: "/" } }], containers: [container] },
      { containers: [{ ...container, ports: unresolved("list") }], securityContext: unresolved("object") },
    ];
    for (const spec of specs)
      for (const minor of [0, 8, 19, 22, 23, 25, 31, 34, 35, 37])
        for (const level of ["baseline", "restricted"] as const) {
          const world = new World(planOf(spec));
          const [workload] = world.workloads;
          const dry = workload === undefined ? [] : podSecurity(podView(contextOf(world), workload), level, minor);
          const places = dry.flatMap((v) =>
            v.kind === "fail" ? [v.path] : v.kind === "unknown" ? [`?${v.path}`] : [],
          );
          const said = refused(`pss-${level}`, `1.${minor}`, spec).map((s) => s.replace(/^(\??)\S+ /, "$1"));
          expect([level, minor, [...new Set(said)].sort()]).toEqual([level, minor, [...new Set(places)].sort()]);
        }
  });
});
