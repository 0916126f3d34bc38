/**
 * Gatekeeper answers the cases of the admission controls as the API server does: its own `gator`, which is built with
 * `GOBIN=$MACHINERY/bin go install github.com/open-policy-agent/gatekeeper/v3/cmd/gator@v3.23.1`. Left out without it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Chart } from "cdk8s";
import { AdmissionPolicy, gatekeeperEngine, NamespaceExemption, noHostPath } from "../../constructs/index.js";
import type { AdmissionPolicyProps } from "../../constructs/index.js";
import { ADMISSION_CASES } from "../constructs/admission/cases.js";
import { MARKED_NAMESPACE } from "../constructs/admission/requests.js";
import type { AdmissionCase, Sent } from "../constructs/admission/requests.js";
import { MACHINERY } from "./machinery/index.js";

const GATOR = join(MACHINERY, "bin", "gator");
const folder = mkdtempSync(join(tmpdir(), "ringfence-gator-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const describeBuilt = existsSync(GATOR) ? describe : describe.skip;

describeBuilt("gator", () => {
  test.each(ADMISSION_CASES)("$control.id", ({ control, cases }) => {
    expect(verify({ control }, cases)).toEqual({ code: 0, failed: [] });
  });

  test("notices a case that does not hold", () => {
    const [found] = ADMISSION_CASES.filter(({ control }) => control.id === "no-host-path");
    const turned = (found?.cases ?? []).map((request) => ({ ...request, admitted: !request.admitted }));
    expect(verify({ control: noHostPath() }, turned).code).not.toBe(0);
  });

  test("what is refused can still be deleted", () => {
    const [found] = ADMISSION_CASES.filter(({ control }) => control.id === "no-host-path");
    const cases = (found?.cases ?? []).map((request) => ({ ...request, admitted: true }));
    expect(verify({ control: noHostPath() }, cases, deletionOf)).toEqual({ code: 0, failed: [] });
  });

  test("exemptions end with their day", () => {
    const exemptions = [NamespaceExemption.of("agents", { reason: "the agent reads the node", until: "2026-12-31" })];
    const made = (creationTimestamp: string): Sent => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "a", namespace: "agents", ...{ creationTimestamp } },
      spec: { containers: [{ name: "app", image: "x" }], volumes: [{ name: "etc", hostPath: { path: "/etc" } }] },
    });
    const cases = [
      { why: "in time", admitted: true, object: made("2026-12-31T23:59:59Z") },
      { why: "too late", admitted: false, object: made("2027-01-01T00:00:00Z") },
    ];
    expect(verify({ control: noHostPath(), exemptions }, cases)).toEqual({ code: 0, failed: [] });
  });
});

function verify(
  props: AdmissionPolicyProps,
  cases: readonly AdmissionCase[],
  review: (request: AdmissionCase) => AdmissionReview = reviewOf,
): { readonly code: number | null; readonly failed: readonly string[] } {
  const chart = new Chart(new App(), "policies");
  new AdmissionPolicy(chart, "policy", { ...props, engine: gatekeeperEngine });
  const [template, constraint] = chart.toJson() as [object, object];
  const directory = mkdtempSync(join(folder, "suite-"));
  const write = (name: string, content: object): string => {
    writeFileSync(join(directory, name), JSON.stringify(content));
    return name;
  };
  const spaces = [...new Set(cases.map(({ object }) => object.metadata.namespace ?? ""))].filter((name) => name !== "");
  const inventory = spaces.map((name, i) => write(`namespace-${i}.yaml`, namespaceOf(name)));
  const suite = {
    apiVersion: "test.gatekeeper.sh/v1alpha1",
    kind: "Suite",
    tests: [
      {
        name: "control",
        template: write("template.yaml", template),
        constraint: write("constraint.yaml", constraint),
        cases: cases.map((request, i) => ({
          name: request.why,
          object: write(`case-${i}.yaml`, review(request)),
          inventory,
          assertions: [{ violations: request.admitted ? "no" : "yes" }],
        })),
      },
    ],
  };
  write("suite.yaml", suite);
  const { status, stdout, stderr } = spawnSync(GATOR, ["verify", join(directory, "suite.yaml")], { encoding: "utf8" });
  return { code: status, failed: `${stdout}${stderr}`.split("\n").filter((line) => /FAIL|rror/.test(line)) };
}

function namespaceOf(name: string): object {
  if (name === MARKED_NAMESPACE.metadata.name) return MARKED_NAMESPACE;
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "kubernetes.io/metadata.name": name } } };
}

interface AdmissionReview {
  readonly apiVersion: string;
  readonly kind: string;
  readonly request: object;
}

/** The same object on its way out. */
function deletionOf(request: AdmissionCase): AdmissionReview {
  const { request: sent, ...rest } = reviewOf(request);
  const { object: _, ...without } = sent as { readonly object: object };
  return { ...rest, request: { ...without, operation: "DELETE", oldObject: request.object } };
}

/** What the API server sends to Gatekeeper's webhook. */
function reviewOf({ object, old, subResource, user }: AdmissionCase): AdmissionReview {
  const [version = "", group = ""] = object.apiVersion.split("/").reverse();
  const kind = { group, version, kind: object.kind };
  const { name, namespace } = object.metadata;
  const connects = subResource === "exec" || subResource === "attach";
  const labelled =
    object.kind === "Namespace" ? { "kubernetes.io/metadata.name": name, ...object.metadata.labels } : {};
  const labels = { ...labelled, ...object.metadata.labels };
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "0",
      kind,
      resource: { group, version, resource: `${object.kind.toLowerCase()}s` },
      ...(subResource === undefined ? {} : { subResource }),
      name,
      ...(namespace === undefined ? {} : { namespace }),
      operation: connects ? "CONNECT" : old === undefined ? "CREATE" : "UPDATE",
      userInfo: { username: user ?? "kubernetes-admin" },
      object: { ...object, metadata: { ...object.metadata, ...(Object.keys(labels).length === 0 ? {} : { labels }) } },
      ...(old === undefined ? {} : { oldObject: old }),
    },
  };
}
