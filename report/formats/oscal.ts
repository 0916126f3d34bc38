import { groupBy } from "../groups.js";
import type { Report, ReportFinding, ReportResource } from "../model.js";
import { fileText, valueText } from "../values.js";
import type { RenderContext } from "./model.js";
import { controlIds, itemUuid, observationUuid, optional, props, riskUuid } from "./oscal-parts.js";
import { uuidOf } from "./uuid.js";

/** Version of the model (pages.nist.gov/OSCAL), of which the document is an `assessment-results`. */
const OSCAL_VERSION = "1.1.3";

/**
 * The report as OSCAL assessment results in JSON: an inventory item for each resource with a finding, an observation for
 * each finding, a finding for each rule that has any, a risk for each finding that is exempted, and the controls that the
 * rules bear on as reviewed. It says what was checked, and claims no compliance. The same report at the same time gives
 * the same document, UUIDs included.
 */
export function renderOscal(report: Report, context: RenderContext): string {
  const time = context.now.toISOString();
  const identity = JSON.stringify([time, report.inputs, report.findings.map((f) => [f.fingerprint, f.verdict])]);
  const planUuid = uuidOf(`plan ${report.ringfence}`);
  const document = {
    "assessment-results": {
      uuid: uuidOf(`document ${identity}`),
      metadata: {
        title: "What Ringfence found in a plan",
        "last-modified": time,
        version: time,
        "oscal-version": OSCAL_VERSION,
        props: props({ "ringfence-version": report.ringfence, "kubernetes-version": report.kubernetesVersion }),
      },
      "import-ap": { href: `#${planUuid}` },
      results: [resultOf(report, context, identity)],
      "back-matter": {
        resources: [
          {
            uuid: planUuid,
            title: "How the plan was assessed",
            description: `No assessment plan was given. The rules of Ringfence ${report.ringfence} were asked about every resource: ${context.rules.map(({ id }) => id).join(", ")}.`,
          },
        ],
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function resultOf(report: Report, context: RenderContext, identity: string): object {
  const time = context.now.toISOString();
  const { findings, summary } = report;
  const resources = [...groupBy(findings, ({ resource }) => itemUuid(resource)).values()].flatMap(([first]) =>
    first === undefined ? [] : [first.resource],
  );
  const controls = controlIds(context.rules);
  return {
    uuid: uuidOf(`result ${identity}`),
    title: "Rules of Ringfence",
    description: `${summary.rules} rules were asked about ${summary.resources} resources: ${summary.pass} pass, ${summary.fail} fail, ${summary.unknown} undecided, ${summary.exempted} exempted. No claim of compliance follows from it.`,
    start: time,
    end: time,
    ...(resources.length === 0 ? {} : { "local-definitions": { "inventory-items": resources.map(itemOf) } }),
    "reviewed-controls": {
      description:
        "The controls that the rules bear on, by the mappings of the rules' references. None is checked as a whole.",
      "control-selections": [
        controls.length === 0
          ? { description: "No rule that was asked refers to a control." }
          : { "include-controls": controls.map((id) => ({ "control-id": id })) },
      ],
    },
    ...optional(
      "observations",
      findings.map((finding) => observationOf(finding, time)),
    ),
    ...optional("risks", findings.flatMap(riskOf)),
    ...optional("findings", [...groupBy(findings, ({ rule }) => rule).values()].flatMap(findingOf)),
    ...optional("remarks", report.assumptions.join("\n")),
  };
}

function itemOf(resource: ReportResource): object {
  const { id, type, namespace, name } = resource;
  return { uuid: itemUuid(resource), description: id, props: props({ type, namespace, name }) };
}

function observationOf(finding: ReportFinding, collected: string): object {
  const { rule, title, verdict, severity, ring, resource, path, message, source } = finding;
  const place = source === undefined ? resource.id : `${resource.id} at ${fileText(source)}`;
  return {
    uuid: observationUuid(finding),
    title: `${rule}: ${title}`,
    description: message,
    props: props({
      rule,
      verdict,
      severity,
      ring,
      path,
      value: path === "" ? undefined : valueText(finding),
      fingerprint: finding.fingerprint,
    }),
    methods: ["EXAMINE"],
    types: [verdict === "pass" ? "control-objective" : "finding"],
    subjects: [{ "subject-uuid": itemUuid(resource), type: "inventory-item", title: resource.id }],
    "relevant-evidence": [{ description: place }],
    collected,
  };
}

/** The risk that somebody accepted until a day. */
function riskOf(finding: ReportFinding): readonly object[] {
  const { exemption, rule, title, message, severity } = finding;
  if (exemption === null) return [];
  return [
    {
      uuid: riskUuid(finding),
      title: `${rule}: ${title}`,
      description: message,
      statement: exemption.reason,
      props: props({ severity, owner: exemption.owner, said: exemption.said }),
      status: "deviation-approved",
      deadline: `${exemption.until}T23:59:59Z`,
      "related-observations": [{ "observation-uuid": observationUuid(finding) }],
    },
  ];
}

/** What a rule says of the plan as a whole. */
function findingOf(findings: readonly ReportFinding[]): readonly object[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { rule, title, remediation } = first;
  const having = (verdict: ReportFinding["verdict"]): number => findings.filter((f) => f.verdict === verdict).length;
  const holds = findings.every((f) => f.verdict === "pass");
  const reason = holds ? "pass" : having("fail") > 0 ? "fail" : "other";
  const risks = findings.filter((f) => f.exemption !== null);
  return [
    {
      uuid: uuidOf(`finding ${rule}`),
      title: `${rule}: ${title}`,
      description: `${having("fail")} fail, ${having("unknown")} undecided, ${having("exempted")} exempted.`,
      target: {
        type: "objective-id",
        "target-id": rule,
        title,
        status: { state: holds ? "satisfied" : "not-satisfied", reason },
      },
      "related-observations": findings.map((finding) => ({ "observation-uuid": observationUuid(finding) })),
      ...optional(
        "related-risks",
        risks.map((finding) => ({ "risk-uuid": riskUuid(finding) })),
      ),
      remarks: `How to fix it:\n\n${remediation}`,
    },
  ];
}
