import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { Relaxation } from "../../core/relaxation.js";
import { checkName, checkSubdomain, validateWith } from "../checks.js";
import type { StringMap } from "../manifest.js";
import { HardenedNamespace } from "../namespace.js";
import { lazy, objectOf } from "../objects.js";
import { checkRule } from "./rbac-rule.js";
import type { RbacRule } from "./rbac-rule.js";
import type { Subject } from "./subject.js";

/** API version of roles and bindings. */
export const RBAC_API = "rbac.authorization.k8s.io/v1";

/** Arguments of {@link HardenedRole}. */
export interface HardenedRoleProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** Where the rights hold. @default - the `HardenedNamespace` around the construct, else the whole cluster */
  readonly namespace?: string;
  /** At least one. */
  readonly rules: readonly RbacRule[];
  /** Who gets the rights; `bindTo` adds more. @default - nobody */
  readonly subjects?: readonly Subject[];
  /** @default - none */
  readonly labels?: StringMap;
}

/**
 * A Role, or without a namespace a ClusterRole, and its binding, if somebody gets it. Rules that lead to more than they name
 * are refused unless they were made with `RbacRule.dangerous`; the reasons stay in an annotation.
 */
export class HardenedRole extends Construct {
  readonly name: string;
  /** Absent where the rights hold in the whole cluster. */
  readonly namespace: string | undefined;
  readonly #subjects: Subject[];
  #binding: ApiObject | undefined;

  constructor(scope: Construct, id: string, props: HardenedRoleProps) {
    super(scope, id);
    this.name = props.name ?? id;
    const enclosing = HardenedNamespace.of(this);
    this.namespace = props.namespace ?? enclosing?.name;
    this.#subjects = [];
    objectOf(this, "Resource", {
      apiVersion: RBAC_API,
      kind: this.namespace === undefined ? "ClusterRole" : "Role",
      name: this.name,
      ...this.place,
      ...(props.labels === undefined ? {} : { labels: props.labels }),
      relaxations: () => relaxationsOf(props.rules),
      body: { rules: props.rules.map(({ rights }) => rights) },
    });
    for (const subject of props.subjects ?? []) this.bindTo(subject);
    validateWith(this, () => this.check(props));
  }

  /** Gives the rights to somebody. A subject that has them already changes nothing. */
  bindTo(subject: Subject): void {
    if (!this.#subjects.some((known) => JSON.stringify(known) === JSON.stringify(subject)))
      this.#subjects.push(subject);
    if (this.#binding !== undefined) return;
    const kind = this.namespace === undefined ? "ClusterRole" : "Role";
    this.#binding = objectOf(this, "Binding", {
      apiVersion: RBAC_API,
      kind: `${kind}Binding`,
      name: this.name,
      ...this.place,
      body: {
        subjects: lazy(() => this.#subjects.map(({ manifest }) => manifest)),
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: this.name },
      },
    });
    this.#binding.addDependency(ApiObject.of(this));
  }

  private get place(): { readonly namespace?: string } {
    return this.namespace === undefined ? {} : { namespace: this.namespace };
  }

  private check({ rules }: HardenedRoleProps): readonly Issue[] {
    const clusterWide = this.namespace === undefined;
    return [
      ...checkSubdomain("name", this.name),
      ...(this.namespace === undefined ? [] : checkName("namespace", this.namespace)),
      ...(rules.length === 0
        ? [issue("Required", "rules", "must hold at least one rule", rules, "Say what the role gives")]
        : []),
      ...rules.flatMap((rule, i) => checkRule(`rules[${i}]`, rule, clusterWide)),
    ];
  }
}

/** The reasons of rules that lead to more than they name, each once. */
export function relaxationsOf(rules: readonly RbacRule[]): readonly Relaxation[] {
  const all = rules.flatMap(({ relaxation }) => (relaxation === undefined ? [] : [relaxation]));
  return [...new Map(all.map((relaxation) => [JSON.stringify(relaxation), relaxation])).values()];
}
