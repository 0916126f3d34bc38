/**
 * Kyverno answers the cases of the admission controls as the API server does: its own command line, which is built from the
 * module github.com/kyverno/kyverno v1.19.1 (cmd/cli/kubectl-kyverno, with the replacement of
 * k8s.io/pod-security-admission that its go.mod names) into `$MACHINERY/bin/kyverno`. Left out without it.
 *
 * It tries new objects only: updates, subresources and other users cannot be given to it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Chart } from "cdk8s";
import { AdmissionPolicy, kyvernoEngine, NamespaceExemption, noHostPath } from "../../constructs/index.js";
import type { AdmissionPolicyProps } from "../../constructs/index.js";
import { ADMISSION_CASES } from "../constructs/admission/cases.js";
import { MARKED_NAMESPACE } from "../constructs/admission/requests.js";
import type { Sent } from "../constructs/admission/requests.js";
import { MACHINERY } from "./machinery/index.js";

const KYVERNO = join(MACHINERY, "bin", "kyverno");
const folder = mkdtempSync(join(tmpdir(), "ringfence-kyverno-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const describeBuilt = existsSync(KYVERNO) ? describe : describe.skip;

describeBuilt("kyverno", () => {
  describe.each(ADMISSION_CASES)("$control.id", ({ control, cases }) => {
    const created = cases.filter(({ old, subResource, user }) => (old ?? subResource ?? user) === undefined);

    test.each(created)("$why: admitted $admitted", ({ object, admitted }) => {
      expect(apply({ control }, object)).toMatchObject({ admitted });
    });
  });

  test("exemptions end with their day", () => {
    const exemptions = [NamespaceExemption.of("agents", { reason: "the agent reads the node", until: "2026-12-31" })];
    const made = (creationTimestamp: string): Sent => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "a", namespace: "agents", ...{ creationTimestamp } },
      spec: { containers: [{ name: "app", image: "x" }], volumes: [{ name: "etc", hostPath: { path: "/etc" } }] },
    });
    const props = { control: noHostPath(), exemptions };
    expect(apply(props, made("2026-12-31T23:59:59Z"))).toMatchObject({ admitted: true });
    expect(apply(props, made("2027-01-01T00:00:00Z"))).toMatchObject({ admitted: false });
  });
});

function apply(props: AdmissionPolicyProps, object: Sent): { readonly looked: boolean; readonly admitted: boolean } {
  const chart = new Chart(new App(), "policies");
  new AdmissionPolicy(chart, "policy", { ...props, engine: kyvernoEngine });
  const directory = mkdtempSync(join(folder, "case-"));
  const write = (name: string, content: unknown): string => {
    const file = join(directory, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };
  const { name, namespace } = object.metadata;
  const self = object.kind === "Namespace" ? { "kubernetes.io/metadata.name": name } : {};
  const labels = { ...self, ...object.metadata.labels };
  const values = {
    apiVersion: "cli.kyverno.io/v1alpha1",
    kind: "Value",
    metadata: { name: "values" },
    namespaceSelector: [namespace ?? ""].map((space) => ({
      name: space,
      labels: {
        ...(space === MARKED_NAMESPACE.metadata.name ? MARKED_NAMESPACE.metadata.labels : {}),
        "kubernetes.io/metadata.name": space,
      },
    })),
  };
  const { status, stdout, stderr } = spawnSync(
    KYVERNO,
    [
      ...["apply", write("policy.yaml", chart.toJson()[0])],
      ...["--resource", write("object.yaml", { ...object, metadata: { ...object.metadata, labels } })],
      ...["--values-file", write("values.yaml", values), "--policy-report", "--output-format", "json"],
    ],
    { encoding: "utf8" },
  );
  const summary = /"summary":\{[^}]*\}/.exec(stdout)?.[0];
  // It says nothing of objects at which the policy does not look.
  if (summary === undefined && status === 0 && stderr === "") return { looked: false, admitted: true };
  const count = (what: string): number => Number(new RegExp(`"${what}":(\\d+)`).exec(summary ?? "")?.[1] ?? NaN);
  if (count("error") !== 0) throw new Error(`${stdout}${stderr}`);
  return { looked: count("fail") + count("pass") > 0, admitted: count("fail") === 0 };
}
