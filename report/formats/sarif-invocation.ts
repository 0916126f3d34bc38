import type { InputProblem } from "../../plan/read/index.js";
import type { Report } from "../model.js";
import type { RenderContext } from "./model.js";
import { artifactLocation, regionOf } from "./sarif-locations.js";

/** The run: how it ended, and what went wrong in it. */
export function sarifInvocation(report: Report, { result, now }: RenderContext): object {
  const { problems, defects, exemptionProblems, warnings } = report;
  const execution = [
    ...defects.map((message) => notification("error", message)),
    ...problems.map(ofProblem),
    ...warnings.map((message) => notification("warning", message)),
  ];
  const configuration = exemptionProblems.map(({ said, message }) => notification("error", `${said}: ${message}`));
  return {
    executionSuccessful: result.exitCode < 2,
    exitCode: result.exitCode,
    endTimeUtc: now.toISOString(),
    toolExecutionNotifications: execution,
    toolConfigurationNotifications: configuration,
  };
}

function ofProblem({ file, line, column, message }: InputProblem): object {
  const region = line === undefined ? {} : { region: regionOf({ line, column: column ?? 1 }) };
  const physicalLocation = { artifactLocation: artifactLocation(file), ...region };
  return { ...notification("error", message), locations: [{ physicalLocation }] };
}

function notification(level: "error" | "warning", text: string): object {
  return { level, message: { text } };
}
