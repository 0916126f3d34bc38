import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { labelKeyIssues, labelValueIssues } from "../../core/node-labels.js";
import { checkWhole } from "../checks.js";
import type {
  NodeDisruptionBudget,
  HardenedNodePoolProps,
  NodePoolLimits,
  NodeRequirement,
  NodeTaint,
} from "./node-pool.js";

/** Days that a node of Auto Mode lives at most, the time to drain included. */
const LONGEST_LIFE_DAYS = 21;

/** Checks the limits, and the weight. */
export function checkLimits({ cpu, memoryGiB }: NodePoolLimits, weight: number | undefined): readonly Issue[] {
  return [
    ...checkWhole("limits.cpu", cpu, 1, 100_000),
    ...(memoryGiB === undefined ? [] : checkWhole("limits.memoryGiB", memoryGiB, 1, 1_000_000)),
    ...(weight === undefined ? [] : checkWhole("weight", weight, 1, 100)),
  ];
}

/** Checks what chooses instance types: something of everything, and letters for categories. */
export function checkTypes(props: HardenedNodePoolProps): readonly Issue[] {
  const { architectures, capacityTypes, instanceCategories, oldestGeneration } = props;
  const empty = Object.entries({ architectures, capacityTypes, instanceCategories }).flatMap(([key, values]) =>
    values?.length === 0
      ? [issue("Required", key, "must name one at least", values, "Leave it out for the default")]
      : [],
  );
  const odd = (instanceCategories ?? []).flatMap((category, i) =>
    /^[a-z]+$/.test(category)
      ? []
      : [
          issue(
            "Malformed",
            `instanceCategories[${i}]`,
            "must be letters",
            category,
            "Write it like 'm', without digits",
          ),
        ],
  );
  const old = oldestGeneration === undefined ? [] : checkWhole("oldestGeneration", oldestGeneration, 1, 20);
  return [...empty, ...odd, ...old];
}

/** Checks requirements: a key of Kubernetes, and values where the operator wants them. */
export function checkRequirements(requirements: readonly NodeRequirement[]): readonly Issue[] {
  return requirements.flatMap(({ key, operator, values = [] }, i) => {
    const at = `requirements[${i}]`;
    const wanted = { In: "some", NotIn: "some", Exists: "none", DoesNotExist: "none", Gt: "one", Lt: "one" }[operator];
    const count = Math.min(values.length, 2);
    const fits = { some: count > 0, none: count === 0, one: count === 1 }[wanted];
    const rule = `must have ${wanted === "some" ? "some values" : wanted === "one" ? "one value" : "no value"}`;
    return [
      ...labelKeyIssues(`${at}.key`, key),
      ...(fits === true ? [] : [issue("Malformed", `${at}.values`, rule, values, `'${operator}' takes no others`)]),
    ];
  });
}

/** Checks taints: form, effects, and that no two are the same. */
export function checkTaints(taints: readonly NodeTaint[]): readonly Issue[] {
  return taints.flatMap((taint, i) => {
    const at = `taints[${i}]`;
    const twice = taints.findIndex(({ key, effect }) => key === taint.key && effect === taint.effect) !== i;
    const known = ["NoSchedule", "NoExecute", "PreferNoSchedule"].includes(taint.effect);
    return [
      ...labelKeyIssues(`${at}.key`, taint.key),
      ...labelValueIssues(`${at}.value`, taint.value ?? ""),
      ...(known ? [] : [issue("Malformed", `${at}.effect`, "must be an effect", taint.effect, "Write 'NoSchedule'")]),
      ...(twice
        ? [issue("Duplicate", at, "must differ from those before it", taint.key, "Remove one of the two")]
        : []),
    ];
  });
}

/** Checks that a node goes at last, within the days that Auto Mode allows. */
export function checkLifetime(expireAfterDays: number, drainHours: number): readonly Issue[] {
  const issues = [
    ...checkWhole("expireAfterDays", expireAfterDays, 1, LONGEST_LIFE_DAYS),
    ...checkWhole("drainHours", drainHours, 1, LONGEST_LIFE_DAYS * 24),
  ];
  if (issues.length > 0 || expireAfterDays * 24 + drainHours <= LONGEST_LIFE_DAYS * 24) return issues;
  const rule = `must leave ${drainHours} hours to drain within ${LONGEST_LIFE_DAYS} days`;
  return [issue("Conflict", "expireAfterDays", rule, expireAfterDays, "Write fewer days")];
}

/** Checks budgets: one at least that holds always, each a count or percentage, times in pairs. */
export function checkBudgets(budgets: readonly NodeDisruptionBudget[]): readonly Issue[] {
  const issues = budgets.flatMap(({ nodes, schedule, duration }, i) => {
    const at = `budgets[${i}]`;
    const share = /^(\d+)(%?)$/.exec(String(nodes));
    const fits = share !== null && (share[2] === "" || Number(share[1]) <= 100);
    const pair = (schedule === undefined) === (duration === undefined);
    const given = schedule ?? duration;
    return [
      ...(fits
        ? []
        : [issue("Malformed", `${at}.nodes`, "must be a count or a percentage", nodes, "Write '10%' or 1")]),
      ...(pair
        ? []
        : [issue("Conflict", at, "must have both or none of schedule and duration", given, "Add the other")]),
    ];
  });
  if (budgets.some(({ schedule }) => schedule === undefined)) return issues;
  const advice = "Add one without schedule, like { nodes: '10%' }";
  return [...issues, issue("Required", "budgets", "must hold one that always holds", budgets.length, advice)];
}
