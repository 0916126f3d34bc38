import { InputError, issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { checkName, checkPlain } from "../checks.js";
import type { AdmissionControl } from "./control.js";

/** What every exemption says: why, until when, and from which controls. */
export interface ExemptionOptions extends Reason {
  /**
   * Last day, as `2027-03-31`, that ends at midnight UTC. The policy itself keeps it, by the times that the API server stamps
   * on an object: what is made later, or gets a field later, is refused. Two things are not: an update that only takes
   * fields away, as long as nobody has set one since, and pods that run already.
   */
  readonly until: string;
  /** Ids of controls, such as "no-host-path". @default - every control */
  readonly controls?: readonly string[];
}

/** What {@link NamespaceExemption} and {@link ObjectExemption} have in common. */
interface ExemptionFacts {
  readonly until: string;
  readonly controls: readonly string[] | undefined;
  readonly relaxation: Relaxation;
}

/** A namespace in which controls do not look, until a day. */
export class NamespaceExemption {
  /**
   * @param namespace Name of the namespace, such as that of an add-on which AWS manages.
   * @throws InputError when the reason is missing, or `until` is no day.
   */
  static of(namespace: string, options: ExemptionOptions): NamespaceExemption {
    return new NamespaceExemption(namespace, exemptionFacts(`NamespaceExemption.of('${namespace}')`, options));
  }

  private constructor(
    readonly namespace: string,
    /** Day, controls and reason. */
    readonly facts: ExemptionFacts,
  ) {}
}

/** One object at which controls do not look, until a day. */
export class ObjectExemption {
  /**
   * An object of the cluster: a ClusterRole, a PersistentVolume.
   *
   * @throws InputError when the reason is missing, or `until` is no day.
   */
  static inCluster(name: string, options: ExemptionOptions): ObjectExemption {
    const facts = exemptionFacts(`ObjectExemption.inCluster('${name}')`, options);
    return new ObjectExemption(undefined, name, facts);
  }

  /**
   * An object of a namespace. Pods of workloads have generated names: exempt their namespace.
   *
   * @throws InputError when the reason is missing, or `until` is no day.
   */
  static inNamespace(namespace: string, name: string, options: ExemptionOptions): ObjectExemption {
    const facts = exemptionFacts(`ObjectExemption.inNamespace('${namespace}', '${name}')`, options);
    return new ObjectExemption(namespace, name, facts);
  }

  private constructor(
    /** Absent for objects of the cluster. */
    readonly namespace: string | undefined,
    readonly name: string,
    /** Day, controls and reason. */
    readonly facts: ExemptionFacts,
  ) {}
}

/** What controls let pass until a day. */
export type AdmissionExemption = NamespaceExemption | ObjectExemption;

/** The exemptions that have a place in a control: others say nothing about it. */
export function exemptionsOf(
  { id, exemptions }: AdmissionControl,
  all: readonly AdmissionExemption[],
): readonly AdmissionExemption[] {
  return all
    .filter(({ facts }) => facts.controls?.includes(id) ?? true)
    .filter((exemption) => {
      if (exemption instanceof NamespaceExemption) return exemptions !== "none";
      return exemption.namespace === undefined ? exemptions === "any" : ["any", "namespaced"].includes(exemptions);
    });
}

/** Whether the place of an exemption can be written into an expression. */
export function isPlaced(exemption: AdmissionExemption): boolean {
  return checkPlace("", exemption).length === 0;
}

/** The issues of a list of exemptions: places that are no names, and exemptions that none of the controls has a place for. */
export function checkExemptions(
  path: string,
  exemptions: readonly AdmissionExemption[],
  controls: readonly AdmissionControl[],
): readonly Issue[] {
  return exemptions.flatMap((exemption, i) => [
    ...checkPlace(`${path}[${i}]`, exemption),
    ...checkUsed(`${path}[${i}]`, exemption, controls),
  ]);
}

function checkPlace(path: string, exemption: AdmissionExemption): readonly Issue[] {
  const inNamespace = exemption.namespace === undefined ? [] : checkName(path, exemption.namespace);
  if (exemption instanceof NamespaceExemption) return inNamespace;
  // Names of RBAC objects may hold nearly everything, such as `system:node`.
  const malformed = exemption.name === "" || exemption.name.includes("/");
  return [
    ...inNamespace,
    ...checkPlain(path, exemption.name),
    ...(malformed
      ? [issue("Malformed", path, "must name one object", exemption.name, "Write the object's own name")]
      : []),
  ];
}

function checkUsed(
  path: string,
  exemption: AdmissionExemption,
  controls: readonly AdmissionControl[],
): readonly Issue[] {
  const ids = controls.map(({ id }) => id);
  const unknown = exemption.facts.controls?.filter((id) => !ids.includes(id)) ?? [];
  if (unknown.length > 0)
    return [
      issue(
        "NotFound",
        `${path}.controls`,
        `must be controls that are in force (${ids.join(", ")})`,
        unknown.join(", "),
        "Use the ids of those, or leave 'controls' out for all",
      ),
    ];
  if (controls.some((control) => exemptionsOf(control, [exemption]).length > 0)) return [];
  const advice = "Leave it out, or name an object that these controls look at";
  const rule = `must have a place in what is in force (${ids.join(", ")})`;
  return [issue("NotAllowed", path, rule, exemption.facts.relaxation.choice, advice)];
}

function exemptionFacts(choice: string, { until, controls, reason }: ExemptionOptions): ExemptionFacts {
  const recorded = relaxation(`${choice} until ${until}`, { reason });
  if (!isDay(until))
    throw new InputError(choice, [
      issue("Malformed", "until", "must be a day", until, "Write it like '2027-03-31': the last day that it holds"),
    ]);
  return { until, controls, relaxation: recorded };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
