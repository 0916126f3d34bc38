/** The formats that a report can be printed in for other programs. Each is loaded when it is asked for. */
import type { Render, ReportFormat } from "./model.js";

export type { Render, RenderContext, ReportFormat } from "./model.js";

const json: Render = (report) => (require("../json.js") as typeof import("../json.js")).renderJson(report);
const sarif: Render = (...of) => (require("./sarif.js") as typeof import("./sarif.js")).renderSarif(...of);
const junit: Render = (...of) => (require("./junit.js") as typeof import("./junit.js")).renderJunit(...of);
const markdown: Render = (...of) => (require("./markdown.js") as typeof import("./markdown.js")).renderMarkdown(...of);
const github: Render = (...of) => (require("./github.js") as typeof import("./github.js")).renderGithub(...of);
const policyReport: Render = (...of) =>
  (require("./policy-report.js") as typeof import("./policy-report.js")).renderPolicyReport(...of);
const openReports: Render = (...of) =>
  (require("./policy-report.js") as typeof import("./policy-report.js")).renderOpenReports(...of);
const oscal: Render = (...of) => (require("./oscal.js") as typeof import("./oscal.js")).renderOscal(...of);

/** All formats but text, which `renderText` prints for a preview and `renderCheckText` for files. */
export const REPORT_FORMATS = [
  { id: "json", fileExtension: "json", about: "the report, as docs/report.schema.json describes it", render: json },
  { id: "sarif", fileExtension: "sarif", about: "SARIF 2.1.0, for code scanning", render: sarif },
  { id: "junit", fileExtension: "xml", about: "JUnit XML, for the test report of a pipeline", render: junit },
  { id: "markdown", fileExtension: "md", about: "a comment for a pull request", render: markdown },
  { id: "github", fileExtension: "txt", about: "annotations of a GitHub workflow", render: github },
  {
    id: "policyreport",
    fileExtension: "yaml",
    about: "PolicyReport objects (wgpolicyk8s.io/v1alpha2)",
    render: policyReport,
  },
  { id: "openreports", fileExtension: "yaml", about: "Report objects (openreports.io/v1alpha1)", render: openReports },
  { id: "oscal", fileExtension: "json", about: "OSCAL 1.1.3 assessment results", render: oscal },
] as const satisfies readonly ReportFormat[];

/** One of the ids of {@link REPORT_FORMATS}. */
export type ReportFormatId = (typeof REPORT_FORMATS)[number]["id"];
