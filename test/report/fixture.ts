import type { PlannedResource, Urn } from "../../plan/model/index.js";
import { Secret } from "../../plan/model/index.js";
import type { SourcePlace } from "../../plan/read/index.js";
import type { Exemption, Judgement } from "../../policies/index.js";
import type { FileSource, ReportParts } from "../../report/build.js";
import { buildReport } from "../../report/build.js";
import type { RenderContext } from "../../report/formats/index.js";
import { passGate } from "../../report/gate.js";
import type { Report } from "../../report/model.js";
import { ringfenceVersion } from "../../report/version.js";
import { deployment, finding, GATE, judgement, plan, resource, rule } from "./support.js";

/** The version that reports name. */
export const VERSION = ringfenceVersion();

/** The password of the fixture: no format may show it. */
export const PASSWORD = "hunter2-sesame";

/** Text with something in it for every format to trip over. */
export const UNUSUAL =
  "100% of \u0000\u001b[31mred\u001b[0m, <b>&amp;</b> \"q\" 'a' | `code` ```fence``` [x](y) @team #12 ]]> ::error::\r\nnext\tline 漢字 \ud800 {0} -- $&";

export const APP = `apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: vote }
spec:
  template:
    spec:
      containers:
        - name: db
          image: postgres:9.4
          securityContext:
            privileged: true
          env:
            - { name: POSTGRES_PASSWORD, value: ${PASSWORD} }
`;

/** Where a text stands in {@link APP}. */
export function placeIn(text: string, exact = true): SourcePlace {
  const start = APP.indexOf(text);
  const line = APP.slice(0, start).split("\n").length;
  const column = start - APP.lastIndexOf("\n", start - 1);
  return {
    file: "deploy/app 1.yaml",
    line,
    column,
    document: 0,
    endLine: line,
    endColumn: column + text.length,
    exact,
    value: { start, end: start + text.length },
  };
}

export const db: PlannedResource = deployment("db", {
  urn: "urn:ringfence:deploy/app 1.yaml#0" as Urn,
  inputs: {
    metadata: { name: "db", namespace: "vote" },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: "db",
              image: "postgres:9.4",
              securityContext: { privileged: true },
              env: [{ name: "POSTGRES_PASSWORD", value: PASSWORD }],
            },
          ],
        },
      },
    },
  },
});
export const odd: PlannedResource = resource("aws:s3/bucket:Bucket", `logs ${UNUSUAL}`);
export const vote: PlannedResource = resource("kubernetes:core/v1:Namespace", "vote", {
  inputs: { metadata: { name: "vote" } },
});

const CONTAINER = "spec.template.spec.containers[0]";
const PLACES: Readonly<Record<string, SourcePlace>> = {
  [`${CONTAINER}.securityContext.privileged`]: placeIn("true"),
  [`${CONTAINER}.env[0].value`]: placeIn(PASSWORD),
  [`${CONTAINER}.env[0]`]: placeIn("{ name: POSTGRES_PASSWORD"),
  [`${CONTAINER}.image`]: placeIn("postgres:9.4"),
  [`${CONTAINER}.resources.limits.cpu`]: placeIn("containers", false),
  "spec.replicas": placeIn("spec", false),
};

export const EXEMPTION: Exemption = {
  rule: "image-pinned",
  at: "kubernetes:apps/v1:Deployment vote/db",
  reason: `moves to a managed database ${UNUSUAL}`,
  owner: "team-data",
  until: "2027-03-31",
  said: "ringfence.exemptions.yaml:3",
};

/** What files are read into: a place for each path above, and a problem. */
export const FILES: FileSource = {
  inputs: [
    { path: "deploy/app 1.yaml", kind: "kubernetes-yaml", resources: 2 },
    { path: "infra/plan.json", kind: "pulumi-preview", resources: 1 },
  ],
  problems: [
    { file: "deploy/bad.yaml", line: 3, column: 1, message: `'x' is given twice ${UNUSUAL}` },
    { file: "gone.yaml", message: "there is no such file" },
  ],
  skipped: [
    { path: "chart", reason: "helm", message: "a Helm chart: run `helm template chart | ringfence check -`" },
    { path: "ci.yml", reason: "not-kubernetes", message: "holds no Kubernetes object" },
  ],
  locate: ({ urn }, path) => (urn === db.urn ? PLACES[path] : undefined),
};

export const privileged = rule("no-privileged", { severity: "critical", covers: ["no-escalation"] });
export const escalation = rule("no-escalation", { severity: "medium" });
export const password = rule("no-password", { ring: "code", severity: "high" });
export const limits = rule("cpu-limit", { severity: "medium" });
export const pinned = rule("image-pinned", { ring: "code" });
export const odds = rule("odd-bucket", { ring: "cloud", severity: "low", remediation: `set ${UNUSUAL}` });
export const isolated = rule("default-deny", { ring: "cluster", severity: "high" });
export const duplicate = rule("env-duplicate", { severity: "info" });
export const held = rule("holds", { ring: "cluster", severity: "low" });

/** A finding of every kind. */
export const JUDGEMENT: Judgement = judgement(
  [
    finding(privileged, db, {
      path: `${CONTAINER}.securityContext.privileged`,
      value: true,
      message: "the container db runs privileged",
      fix: [{ kind: "set", path: `${CONTAINER}.securityContext.privileged`, value: false }],
      covered: [finding(escalation, db, { path: `${CONTAINER}.securityContext`, value: { privileged: true } })],
    }),
    finding(password, db, {
      path: `${CONTAINER}.env[0].value`,
      value: new Secret(PASSWORD),
      message: "the variable POSTGRES_PASSWORD of the container db holds a credential in plain text",
    }),
    finding(isolated, vote, {
      verdict: "unknown",
      path: "spec.podSelector",
      value: undefined,
      message: "nobody knows yet",
    }),
    finding(limits, db, {
      path: `${CONTAINER}.resources.limits.cpu`,
      value: undefined,
      message: "the container db has no CPU limit",
      fix: [
        { kind: "set", path: `${CONTAINER}.resources.limits.cpu`, value: "500m" },
        { kind: "remove", path: "spec.replicas" },
      ],
    }),
    finding(odds, odd, { path: "tags", value: { note: UNUSUAL }, message: `the bucket says ${UNUSUAL}` }),
    // This rule does not know that the value is a secret.
    finding(duplicate, db, {
      path: `${CONTAINER}.env[0]`,
      value: { name: "POSTGRES_PASSWORD", value: PASSWORD },
      message: `POSTGRES_PASSWORD=${PASSWORD} is given twice`,
    }),
  ],
  {
    rules: [privileged, escalation, password, limits, pinned, odds, isolated, duplicate, held],
    passes: [{ rule: held, resource: vote }],
    exempted: [
      {
        finding: finding(pinned, db, {
          path: `${CONTAINER}.image`,
          value: "postgres:9.4",
          message: "the image has no digest",
        }),
        exemption: EXEMPTION,
      },
    ],
    exemptionProblems: [
      { kind: "expired", said: "ringfence.exemptions.yaml:9", message: `its last day was 2026-01-01 ${UNUSUAL}` },
    ],
    counts: { rules: 9, pass: 1, fail: 5, unknown: 1, covered: 1, notApplicable: 0 },
  },
);

/** The report of files with a finding of every kind. */
export function fullReport(parts: Partial<ReportParts> = {}): Report {
  const warnings = ["Deployment 'vote/db' is defined twice: deploy/app.yaml:1 and deploy/db.yaml:1"];
  return buildReport({
    plan: plan([db, vote, odd], { warnings }),
    from: FILES,
    judgement: JUDGEMENT,
    all: true,
    ...parts,
  });
}

/** What formats are given besides a report. */
export function contextOf(report: Report, rest: Partial<RenderContext> = {}): RenderContext {
  const { gate = GATE } = rest;
  return {
    gate,
    result: passGate(report, gate),
    rules: JUDGEMENT.rules,
    now: new Date("2026-11-21T18:00:00.000Z"),
    ...rest,
  };
}
