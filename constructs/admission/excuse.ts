import { celList, celString } from "./cel.js";
import type { CelVariable, ExemptionScope, ExpressionControl } from "./control.js";
import { exemptionsOf } from "./exemption.js";
import type { AdmissionExemption } from "./exemption.js";

const MS_PER_DAY = 86_400_000;

/**
 * When an object was made and last written. CEL has no clock, but the API server stamps an object's creation before
 * admission looks at it, and the time of every request that sets a field beside the fields it has set. A client can
 * bring neither back: its own entry gets the server's time, and one without a creation time is not excused.
 */
const WRITTEN: CelVariable = {
  name: "written",
  expression:
    "(has(object.metadata.creationTimestamp) ? [timestamp(object.metadata.creationTimestamp)] : []) + " +
    "(has(object.metadata.managedFields) ? object.metadata.managedFields.filter(f, has(f.time)).map(f, timestamp(f.time)) : [])",
};

/** A control with its exemptions worked into its expressions: what engines render. */
export interface ExcusedControl extends ExpressionControl {
  readonly variables: readonly CelVariable[];
}

/**
 * Lets the objects of exemptions, trusted users and updates that change nothing pass, in the expressions themselves. An
 * exemption ends with its day: an object made or written later is judged. An update that only takes fields away leaves no
 * time, and passes if nobody has set a field since that day.
 *
 * @param others Further excuses, in CEL.
 */
export function excuse(
  control: ExpressionControl,
  exemptions: readonly AdmissionExemption[],
  others: readonly string[],
): ExcusedControl {
  const used = exemptionsOf(control, exemptions);
  const excuses = [
    ...others,
    ...(control.trustedUsers === undefined ? [] : [sentBy(control.trustedUsers)]),
    ...(control.unchanged === undefined ? [] : [`(request.operation == 'UPDATE' && ${control.unchanged})`]),
    ...used.map((exemption) => excuseOf(exemption, control.exemptions)),
  ];
  const own = control.variables ?? [];
  if (excuses.length === 0) return { ...control, variables: own };
  const [first, ...rest] = control.validations.map(({ expression, message }) => ({
    expression: `variables.excused || (${expression})`,
    message,
  }));
  return {
    ...control,
    variables: [...(used.length === 0 ? [] : [WRITTEN]), { name: "excused", expression: excuses.join(" || ") }, ...own],
    validations: first === undefined ? control.validations : [first, ...rest],
  };
}

/** Scans of what is there already, by Kyverno and Gatekeeper, have no user. */
function sentBy(users: readonly string[]): string {
  return `(has(request.userInfo.username) && request.userInfo.username in ${celList(users)})`;
}

function excuseOf(exemption: AdmissionExemption, scope: ExemptionScope): string {
  const end = celString(endOf(exemption.facts.until));
  const inTime = `variables.written.size() > 0 && variables.written.all(t, t < timestamp(${end}))`;
  return `(${[...placeOf(exemption, scope), inTime].join(" && ")})`;
}

function placeOf(exemption: AdmissionExemption, scope: ExemptionScope): readonly string[] {
  const { namespace } = exemption;
  const name = "name" in exemption ? [`object.metadata.name == ${celString(exemption.name)}`] : [];
  if (namespace === undefined) return ["!has(object.metadata.namespace)", ...name];
  if (scope === "namespace") return [`object.metadata.name == ${celString(namespace)}`];
  return ["has(object.metadata.namespace)", `object.metadata.namespace == ${celString(namespace)}`, ...name];
}

/** The first moment after a day. */
function endOf(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + MS_PER_DAY).toISOString().replace(".000Z", "Z");
}
