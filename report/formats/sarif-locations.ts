import { posix } from "node:path";
import type { Report, ReportSource } from "../model.js";
import { wellFormed } from "./well-formed.js";

/** A place in a text. */
type Place = Pick<ReportSource, "line" | "column" | "endLine" | "endColumn">;

/** A region of a file, in UTF-16 code units. */
export function regionOf({ line, column, endLine, endColumn }: Place): object {
  const end = endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn };
  return { startLine: line, startColumn: column, ...end };
}

/**
 * A file as a URI: relative to the folder that the command ran in, unless the path is absolute. Standard input, which
 * has no name, is called `stdin`.
 */
export function artifactLocation(file: string): object {
  const path = posix.normalize((file === "-" ? "stdin" : file).replaceAll("\\", "/"));
  const uri = path.split("/").map(encodeSegment).join("/");
  if (path.startsWith("/")) return { uri: `file://${uri}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${uri.replace("%3A", ":")}` };
  return { uri, uriBaseId: "%SRCROOT%" };
}

/**
 * Where a finding is in a file. One without a source, as of a program, is at the start of the file that stands for it, for
 * code scanning takes no result without a file; left out when there is no such file.
 */
export function physicalLocation(
  source: ReportSource | undefined,
  report: Report,
): { readonly physicalLocation?: object } {
  if (source !== undefined)
    return { physicalLocation: { artifactLocation: artifactLocation(source.file), region: regionOf(source) } };
  const file = fileWithoutPlaces(report);
  if (file === undefined) return {};
  return { physicalLocation: { artifactLocation: artifactLocation(file), region: { startLine: 1 } } };
}

function fileWithoutPlaces({ inputs }: Report): string | undefined {
  const input = inputs.find(({ kind }) => kind !== "kubernetes-yaml" && kind !== "kubernetes-json");
  if (input === undefined) return undefined;
  return input.kind === "pulumi-program" ? posix.join(input.path, "Pulumi.yaml") : input.path;
}

/** As `encodeURIComponent`, which refuses half a surrogate pair. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(wellFormed(segment)).replaceAll("%40", "@");
}
