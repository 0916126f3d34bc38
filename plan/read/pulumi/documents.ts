import { isWireObject } from "../../engine/wire.js";
import type { WireObject, WireValue } from "../../engine/wire.js";
import type { Operation, Plan, PlannedResource } from "../../model/index.js";
import { PLAN_FORMAT, readPlan } from "../../model/plan-file.js";
import { TextError } from "../errors.js";
import type { InputKind } from "../model.js";
import { plannedOf, programOf, textAt } from "./resources.js";

/** A document of Pulumi or Ringfence. */
export interface ProgramDocument {
  readonly kind: InputKind;
  /** @throws TextError when it is damaged or of a version that cannot be read. */
  readonly read: () => Plan;
}

/**
 * Takes the JSON documents of a text for what Pulumi or Ringfence writes; `undefined` for anything else.
 *
 * @param text The text itself.
 */
export function programDocumentOf(values: readonly WireValue[], text: string): ProgramDocument | undefined {
  const [first] = values;
  if (first === undefined || !isWireObject(first)) return undefined;
  if (textAt(first, "format")?.startsWith("ringfence.plan/") === true)
    return { kind: "ringfence-plan", read: () => savedPlan(first, text) };
  if (typeof first["sequence"] === "number" && typeof first["timestamp"] === "number")
    return { kind: "event-log", read: () => planOfEvents(values) };
  if (values.length > 1) return undefined;
  if (typeof first["version"] === "number" && (isWireObject(first["deployment"]) || isWireObject(first["checkpoint"])))
    return { kind: "pulumi-state", read: () => planOfState(first) };
  if (Array.isArray(first["steps"]) || (isWireObject(first["changeSummary"]) && "duration" in first))
    return { kind: "pulumi-preview", read: () => planOfPreview(first) };
  return undefined;
}

function savedPlan(document: WireObject, text: string): Plan {
  const { format, resources } = document;
  if (format !== PLAN_FORMAT)
    throw new TextError(
      `'format' must be '${PLAN_FORMAT}', got '${textAt(document, "format") ?? ""}'. Save the plan again with this release`,
    );
  const isWhole =
    Array.isArray(resources) &&
    (resources as readonly WireValue[]).every(
      (r) => isWireObject(r) && ["urn", "type", "name"].every((key) => typeof r[key] === "string"),
    );
  try {
    if (isWhole) return readPlan(text, "plan");
  } catch {
    // What is wrong within is not for a person to repair: the advice below is.
  }
  throw new TextError("is a damaged plan. Save it again with 'ringfence preview --save'");
}

/** Versions of a state: 4 adds a list of the features it uses (`DeploymentSchemaVersionLatest` of pulumi/pulumi 3.259). */
const STATE_VERSIONS: readonly unknown[] = [3, 4];

function planOfState(document: WireObject): Plan {
  const { version, deployment, checkpoint } = document;
  if (!STATE_VERSIONS.includes(version))
    throw new TextError(
      `'version' must be 3 or 4, got ${JSON.stringify(version)}. Export the state with a current Pulumi`,
    );
  const latest = isWireObject(checkpoint) ? checkpoint["latest"] : undefined;
  const holder = isWireObject(deployment) ? deployment : isWireObject(latest) ? latest : {};
  const states = listOf(holder["resources"]).filter(isWireObject);
  const there = states.filter((state) => state["delete"] !== true && state["pendingReplacement"] !== true);
  const resources = there.flatMap(
    (state) => plannedOf(state, { masked: false }, state["external"] === true ? "read" : undefined) ?? [],
  );
  if (resources.length < there.length)
    throw new TextError(`holds ${there.length - resources.length} resources without a URN. Export the state again`);
  return { ...programOf(resources), resources, notEvaluated: [], warnings: [] };
}

/** What the engine calls its steps (`StepOp` in pkg/resource/deploy/step.go of pulumi/pulumi 3.259), as operations. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  create: "create",
  update: "update",
  delete: "delete",
  same: "same",
  refresh: "same",
  read: "read",
  import: "same",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "read-replacement": "replace",
  "import-replacement": "replace",
  discard: "delete",
  "discard-replaced": "replace",
  "remove-pending-replace": "replace",
};

function planOfPreview(document: WireObject): Plan {
  const steps = listOf(document["steps"]).filter(isWireObject);
  const resources = resourcesOf(
    steps.map((step) => ({ op: step["op"], old: step["oldState"], new: step["newState"] })),
  );
  return { ...programOf(resources), resources, notEvaluated: [], warnings: hiddenWarning(document, steps) };
}

/** `pulumi preview` leaves out what does not change, unless it is asked for. */
function hiddenWarning(document: WireObject, steps: readonly WireObject[]): readonly string[] {
  const summary = document["changeSummary"];
  const same = isWireObject(summary) ? summary["same"] : undefined;
  const hidden = typeof same === "number" ? same - steps.filter((step) => step["op"] === "same").length : 0;
  if (hidden <= 0) return [];
  const what = hidden === 1 ? "1 resource that does not change is" : `${hidden} resources that do not change are`;
  return [`${what} not in this preview, so nobody judges them. Run: pulumi preview --json --show-sames`];
}

function planOfEvents(values: readonly WireValue[]): Plan {
  const steps = values.filter(isWireObject).flatMap((event) => {
    const detail = event["resOutputsEvent"] ?? event["resourcePreEvent"];
    const metadata = isWireObject(detail) ? detail["metadata"] : undefined;
    return isWireObject(metadata) ? [{ op: metadata["op"], old: metadata["old"], new: metadata["new"] }] : [];
  });
  const resources = resourcesOf(steps);
  const warnings = ["an event log does not tell which outputs a value is made of: 'pulumi preview --json' does"];
  return { ...programOf(resources), resources, notEvaluated: [], warnings };
}

/** A step of the engine. */
interface Step {
  readonly op: WireValue;
  readonly old: WireValue;
  readonly new: WireValue;
}

/** The resources of steps, each once: the last new state counts, and a replacement stays one. */
function resourcesOf(steps: readonly Step[]): readonly PlannedResource[] {
  const byUrn = new Map<string, PlannedResource>();
  for (const step of steps) {
    const operation = (typeof step.op === "string" ? OPERATIONS[step.op] : undefined) ?? "update";
    const state = isWireObject(step.new) ? step.new : step.old;
    if (!isWireObject(state)) continue;
    const planned = plannedOf(state, { masked: true }, operation);
    const before = planned === undefined ? undefined : byUrn.get(planned.urn);
    if (planned === undefined || (before !== undefined && !isWireObject(step.new))) continue;
    byUrn.set(planned.urn, before?.operation === "replace" ? { ...planned, operation: "replace" } : planned);
  }
  return [...byUrn.values()];
}

function listOf(value: WireValue): readonly WireValue[] {
  return Array.isArray(value) ? (value as readonly WireValue[]) : [];
}
