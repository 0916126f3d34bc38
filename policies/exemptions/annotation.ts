import { InputError } from "../../core/issue.js";
import type { PlannedObject } from "../../plan/model/index.js";
import { isPlannedObject } from "../../plan/model/index.js";
import type { KubernetesObject, World } from "../../plan/world/index.js";
import { identityOf } from "../../plan/world/index.js";
import { parseOneYaml, pathText } from "../config/yaml.js";
import type { Exemption, ExemptionProblem } from "../model.js";
import { labelOf } from "../shapes.js";
import { excusesNothing, readEntry } from "./entry.js";
import type { ReadExemptions } from "./read.js";

/**
 * The annotation by which a Kubernetes object exempts itself: a list, as YAML or JSON, of maps with `rule`, `path`, `reason`,
 * `owner` and `until`. It is about the object that carries it and about no other.
 */
export const EXEMPT_ANNOTATION = "ringfence.dev/exempt";

/** The exemptions that the objects of a plan carry. */
export function annotatedExemptions({ objects }: World): ReadExemptions {
  const exemptions: Exemption[] = [];
  const problems: ExemptionProblem[] = [];
  for (const object of objects) {
    const annotation = annotationsOf(object.resource.inputs)[EXEMPT_ANNOTATION];
    if (annotation === undefined) continue;
    const said = `annotation of ${labelOf(object)}`;
    const read = readAnnotation(annotation, object, said);
    exemptions.push(...read.exemptions);
    problems.push(...read.problems);
  }
  return { exemptions, problems };
}

/** The annotations of an object or a pod template, whatever their values are. */
export function annotationsOf(object: PlannedObject): Readonly<Record<string, unknown>> {
  const metadata = object["metadata"];
  const annotations = isPlannedObject(metadata) ? metadata["annotations"] : undefined;
  return isPlannedObject(annotations) ? annotations : {};
}

function readAnnotation(annotation: unknown, object: KubernetesObject, said: string): ReadExemptions {
  const malformed = (message: string): ExemptionProblem => ({ kind: "malformed", said, message });
  const where = `'${EXEMPT_ANNOTATION}' of ${labelOf(object)}`;
  if (typeof annotation !== "string")
    return {
      exemptions: [],
      problems: [malformed(`${where} must be known before the deployment. Write it as text: it excuses nothing`)],
    };
  const list = parseList(annotation, where);
  if (typeof list === "string") return { exemptions: [], problems: [malformed(list)] };
  const { id } = identityOf(object.resource);
  const exemptions: Exemption[] = [];
  const problems: ExemptionProblem[] = [];
  for (const [i, value] of list.entries()) {
    const path = (field?: string): string => `${where} ${pathText(field === undefined ? [i] : [i, field])}`;
    const read = readEntry(value, path, id);
    if ("text" in read) exemptions.push({ ...read.text, said });
    else problems.push(...read.issues.map((issue) => malformed(excusesNothing(issue))));
  }
  return { exemptions, problems };
}

/** The list in an annotation, or what is wrong with it. */
function parseList(text: string, where: string): readonly unknown[] | string {
  const advice = "Write a list of maps with rule, reason, owner and until: it excuses nothing";
  try {
    const { value } = parseOneYaml(text, EXEMPT_ANNOTATION);
    return Array.isArray(value) ? value : `${where} must be a list. ${advice}`;
  } catch (error) {
    if (error instanceof InputError) return `${where} must be a list as YAML or JSON. ${advice}`;
    throw error;
  }
}
