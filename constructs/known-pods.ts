import type { IConstruct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { Connection, PodsEnd } from "./connection.js";
import type { StringMap } from "./manifest.js";

interface Known {
  readonly end: PodsEnd;
  readonly podLabels: StringMap;
}

const BY_ROOT = new WeakMap<IConstruct, KnownPods>();

/** The pods of a construct tree that are known while it is built: for problems that only several of them together have. */
export class KnownPods {
  /** Those of the tree in which a construct stands. */
  static of(construct: IConstruct): KnownPods {
    const root = construct.node.root;
    const known = BY_ROOT.get(root) ?? new KnownPods();
    BY_ROOT.set(root, known);
    return known;
  }

  readonly #byNamespace = new Map<string, Known[]>();
  readonly #ends = new Set<PodsEnd>();
  readonly #count = new Map<string, number>();
  /** Namespaces of which all pods and all their labels are known. */
  readonly #closed = new Map<string, boolean>();

  private constructor() {
    // Made by `of` only, one for each tree.
  }

  /** @param guarded Whether the pods stand in a HardenedNamespace of the tree, so that others of it stand there too. */
  add(
    end: PodsEnd,
    { podLabels, hasUnknownLabels }: { readonly podLabels: StringMap; readonly hasUnknownLabels: boolean },
    guarded: boolean,
  ): void {
    const { namespace } = end;
    this.#ends.add(end);
    const all = this.#byNamespace.get(namespace) ?? [];
    all.push({ end, podLabels });
    this.#byNamespace.set(namespace, all);
    const key = keyOf(end);
    this.#count.set(key, (this.#count.get(key) ?? 0) + 1);
    this.#closed.set(namespace, (this.#closed.get(namespace) ?? true) && guarded && !hasUnknownLabels);
  }

  /** Two workloads of one name would share their policy. */
  checkName(end: PodsEnd): readonly Issue[] {
    if ((this.#count.get(keyOf(end)) ?? 0) < 2) return [];
    return [issue("Duplicate", "name", "must be the only one in its namespace", keyOf(end), "Choose another name")];
  }

  /** A peer that selects pods of a namespace of which all pods are known, and none of them. */
  checkSelector({ from, to }: Connection, self: PodsEnd): readonly Issue[] {
    const other = from === self ? to : from;
    if (other.kind !== "pods" || this.#ends.has(other) || this.#closed.get(other.namespace) !== true) return [];
    const pods = this.#byNamespace.get(other.namespace) ?? [];
    const matches = Object.entries(other.labels);
    if (pods.some(({ podLabels }) => matches.every(([key, value]) => podLabels[key] === value))) return [];
    const known = pods.map(({ end }) => end.name).join(", ");
    return [
      issue(
        "NotFound",
        `${from === self ? "allowTo" : "allowFrom"}(${other.name})`,
        `must select pods of namespace '${other.namespace}' (${known})`,
        other.labels,
        "Correct the labels, connect the workload itself, or name pods that others make with AdoptedPods",
      ),
    ];
  }
}

function keyOf({ namespace, name }: PodsEnd): string {
  return `${namespace}/${name}`;
}
