import type { PlannedResource } from "../../plan/model/index.js";
import { renderKey } from "../../plan/model/index.js";
import { identityOf } from "../../plan/world/index.js";
import type { ExemptedFinding, Exemption, ExemptionProblem, Finding } from "../model.js";
import { nearest } from "../../core/nearest.js";

/** What findings, exempted findings and problems there are after exemptions. */
export interface Applied {
  /** Those that nothing excuses, in the order given. */
  readonly findings: readonly Finding[];
  readonly exempted: readonly ExemptedFinding[];
  readonly problems: readonly ExemptionProblem[];
}

/** What exemptions are read against. */
export interface ExemptionContext {
  /** The day of the judgement. */
  readonly today: Date;
  /** Ids of the rules that were asked: an exemption of another one is no problem, whatever its day. */
  readonly asked: ReadonlySet<string>;
  /** Ids of all rules. */
  readonly known: readonly string[];
}

/**
 * Takes out the findings that exemptions excuse, each by exact match of rule, resource and, where it is given, path.
 *
 * An exemption of a finding excuses what the finding implies with it: whoever accepts a privileged container accepts that its
 * privileges can be escalated. An exemption of something implied takes out that alone. One that excuses nothing or whose day
 * has passed is a problem, and an expired one excuses nothing.
 *
 * @param findings With what they imply under them.
 * @param foreign Skips of other tools: they excuse in the same way, and none of them is a problem.
 */
export function applyExemptions(
  findings: readonly Finding[],
  exemptions: readonly Exemption[],
  foreign: readonly Exemption[],
  context: ExemptionContext,
): Applied {
  const today = context.today.toISOString().slice(0, 10);
  const unknown = exemptions.filter(({ rule }) => !context.known.includes(rule));
  const asked = exemptions.filter(({ rule }) => context.asked.has(rule));
  const expired = asked.filter(({ until }) => until < today);
  const holding = asked.filter(({ until }) => until >= today);
  const excuses = new Excuses([...holding, ...foreign]);
  const exempted: ExemptedFinding[] = [];
  const left = findings.flatMap((finding) => {
    const exemption = excuses.of(finding);
    if (exemption !== undefined) {
      exempted.push({ finding, exemption });
      for (const covered of finding.covered) excuses.of(covered);
      return [];
    }
    const covered = finding.covered.filter((implied) => {
      const found = excuses.of(implied);
      if (found !== undefined) exempted.push({ finding: implied, exemption: found });
      return found === undefined;
    });
    return [covered.length === finding.covered.length ? finding : { ...finding, covered }];
  });
  const unused = holding.filter((e) => !excuses.used.has(e));
  return {
    findings: left,
    exempted,
    problems: [
      ...unknown.map((e) => problemOf(e, "malformed", unknownRule(e.rule, context.known))),
      ...expired.map((e) => problemOf(e, "expired", `its last day was ${e.until}. Mend the cause, or decide anew`)),
      ...unused.map((e) => problemOf(e, "unused", "it excuses nothing. Take it out, or correct rule, place and path")),
    ],
  };
}

/** Exemptions by what they are about. */
class Excuses {
  readonly used = new Set<Exemption>();
  readonly #byRule = new Map<string, Map<string, Exemption[]>>();
  readonly #ids = new Map<PlannedResource, string>();

  constructor(exemptions: readonly Exemption[]) {
    for (const exemption of exemptions) {
      const places = this.#byRule.get(exemption.rule) ?? new Map<string, Exemption[]>();
      this.#byRule.set(exemption.rule, places);
      places.set(exemption.at, [...(places.get(exemption.at) ?? []), exemption]);
    }
  }

  /** The first exemption that excuses a finding; every one that does counts as used. */
  of({ rule, resource, path }: Finding): Exemption | undefined {
    const places = this.#byRule.get(rule.id);
    if (places === undefined) return undefined;
    const fitting = (places.get(this.#idOf(resource)) ?? []).filter(({ path: wanted }) =>
      [undefined, path, renderKey(path)].includes(wanted),
    );
    for (const exemption of fitting) this.used.add(exemption);
    return fitting[0];
  }

  #idOf(resource: PlannedResource): string {
    const id = this.#ids.get(resource) ?? identityOf(resource).id;
    this.#ids.set(resource, id);
    return id;
  }
}

function problemOf(exemption: Exemption, kind: ExemptionProblem["kind"], what: string): ExemptionProblem {
  const { rule, at, path, said, owner } = exemption;
  const place = path === undefined ? at : `${at}, ${path}`;
  return { kind, said, message: `${said}: exemption of '${rule}' at '${place}' (${owner}): ${what}` };
}

function unknownRule(rule: string, known: readonly string[]): string {
  const near = nearest(rule, known);
  const advice =
    near.length === 0 ? "`ringfence rules` lists them" : `Did you mean ${near.map((n) => `'${n}'`).join(" or ")}?`;
  return `there is no such rule. ${advice}`;
}
