import type { Rule } from "../../policies/index.js";
import type { ReportFinding, ReportResource } from "../model.js";
import { uuidOf } from "./uuid.js";

/** The namespace of properties that OSCAL itself does not define. */
const NAMESPACE = "https://ringfence.dev/ns/oscal";

/** A field that is there only with something in it: OSCAL allows no empty list and no empty text. */
export function optional(name: string, content: object | string): object {
  const empty = typeof content === "string" ? content === "" : Array.isArray(content) && content.length === 0;
  return empty ? {} : { [name]: content };
}

/** Properties, as OSCAL writes them: text on one line without space around it. Those without text are left out. */
export function props(values: Readonly<Record<string, string | undefined>>): readonly object[] {
  return Object.entries(values).flatMap(([name, value = ""]) => {
    const text = value.replace(/[\s\p{Cc}]+/gu, " ").trim();
    return text === "" ? [] : [{ name, ns: NAMESPACE, value: text }];
  });
}

/** UUID of the inventory item that stands for a resource. */
export function itemUuid({ id, urn }: ReportResource): string {
  return uuidOf(`item ${id} ${urn ?? ""}`);
}

/** UUID of the observation that a finding is. */
export function observationUuid({ fingerprint, verdict }: ReportFinding): string {
  return uuidOf(`observation ${verdict === "pass" ? "pass " : ""}${fingerprint}`);
}

/** UUID of the risk that an exemption accepts. */
export function riskUuid({ fingerprint }: ReportFinding): string {
  return uuidOf(`risk ${fingerprint}`);
}

/**
 * The controls that rules refer to as tokens of OSCAL, sorted: those of NIST SP 800-53 as its OSCAL catalogue spells them
 * (`ac-6`, `ac-6.9`), all others behind the name of their framework.
 */
export function controlIds(rules: readonly Rule[]): readonly string[] {
  const ids = rules.flatMap(({ references }) =>
    references.map(({ framework, id }) =>
      framework === "nist-800-53" ? nistId(id) : `${framework}_${id.replace(/[^\w.-]+/g, "_")}`,
    ),
  );
  return [...new Set(ids)].sort();
}

/** `AC-6(9)` is `ac-6.9`. */
function nistId(id: string): string {
  return id
    .toLowerCase()
    .replace(/\((\w+)\)/g, ".$1")
    .replace(/[^\w.-]+/g, "_");
}
