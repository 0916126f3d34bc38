import { ApiObject } from "cdk8s";
import type { IConstruct } from "constructs";
import { UserError } from "../core/issue.js";

/** A Kubernetes object as JSON, ready for a file or an API server. */
export interface SynthesizedManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/**
 * All objects of a construct tree as JSON, after the validations of all its constructs: namespaces first, then what lies in
 * none, then by namespace, kind and name, so that the same tree gives the same text and a diff shows what changed.
 *
 * Costs time linear in the number of objects; `App.synth` of cdk8s does not, since it walks the graph of dependencies of the
 * whole app for every chart. It orders by dependencies instead, which an API server does not need.
 *
 * @throws UserError with every problem, one line each with the path of its construct.
 */
export function manifestsOf(scope: IConstruct): readonly SynthesizedManifest[] {
  const constructs = scope.node.findAll();
  const problems = constructs.flatMap((construct) =>
    construct.node.validate().map((problem) => `[${construct.node.path}] ${problem}`),
  );
  if (problems.length > 0) throw new UserError(["The constructs have problems:", ...problems].join("\n  "));
  const objects = constructs.filter((construct) => ApiObject.isApiObject(construct));
  return objects
    .map((object) => object.toJson() as SynthesizedManifest)
    .map((manifest) => ({ key: keyOf(manifest), manifest }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ manifest }) => manifest);
}

/** What an object is sorted by. The space sorts before every character of a name. */
function keyOf({ apiVersion, kind, metadata: { name, namespace } }: SynthesizedManifest): string {
  const first = apiVersion === "v1" && kind === "Namespace" ? "0" : "1";
  return [first, namespace ?? "", kind, apiVersion, name].join(" ");
}
