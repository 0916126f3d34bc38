import type * as pulumi from "@pulumi/pulumi";
import type { App } from "cdk8s";
import { KubernetesObject, typeToken } from "./kubernetes-object.js";
import type { LateValues } from "./late-values.js";
import { keyOf, synthesize } from "./manifests.js";
import type { Manifest } from "./manifests.js";
import { needs, orderObjects, provides } from "./order.js";
import type { OrderedObject } from "./order.js";

/** What {@link Bridge} takes. */
export interface BridgeArgs {
  /** First part of the name of every resource. */
  readonly clusterName: string;
  readonly provider: pulumi.ProviderResource;
  /** When this is deleted, what lies inside is gone and needs no deletion of its own. */
  readonly cluster: pulumi.Resource;
  readonly late: LateValues;
  /** Whether Pulumi refuses to delete namespaces, and with them all that they hold. */
  readonly protectNamespaces: boolean;
}

/** The objects of an app, and what is wrong with it. They may be registered when nothing is. */
export interface Inspection {
  /** Each behind those that it waits for. */
  readonly objects: readonly OrderedObject[];
  /** One line each, every line once. */
  readonly problems: readonly string[];
}

/** How {@link Bridge.register} ties objects to resources outside the app. */
export interface RegisterOptions {
  readonly parent: pulumi.Resource;
  /** What objects wait for that wait for no other object of the app. */
  readonly after: readonly pulumi.Resource[];
  /** What else an object waits for. */
  readonly waitsFor: (manifest: Manifest) => readonly pulumi.Resource[];
}

/** What Kubernetes makes by itself in every cluster. It is there already, so it is patched and never created. */
const MADE_BY_KUBERNETES: ReadonlySet<string> = new Set([
  "Namespace default",
  "Namespace kube-node-lease",
  "Namespace kube-public",
  "Namespace kube-system",
  "ServiceAccount default",
]);

const FOREIGN_APP =
  "the cdk8s App must turn Outputs into tokens of this cluster. Make it with `new App({ resolvers: [cluster.resolver] })`";

/**
 * The way of cdk8s objects into Pulumi: one resource per object, so that policies see each of them at the first preview,
 * named `<cluster>/<namespace>/<kind>/<name>`, or `<cluster>/<kind>/<name>` for objects of the cluster.
 */
export class Bridge {
  /** By what they are, and by what they bring for later objects. */
  readonly #registered = new Map<string, KubernetesObject>();

  constructor(private readonly args: BridgeArgs) {}

  /** Renders and checks an app. Nothing is registered, nothing thrown. */
  inspect(app: App): Inspection {
    if (!app.resolvers.includes(this.args.late)) return { objects: [], problems: [FOREIGN_APP] };
    const synthesis = synthesize(app, this.args.late);
    const order = orderObjects(app, synthesis.objects);
    const problems = [...synthesis.problems, ...order.problems, ...this.duplicates(order.objects)];
    return { objects: order.objects, problems: [...new Set(problems)] };
  }

  /** Registers every object, before it returns. */
  register(objects: readonly OrderedObject[], options: RegisterOptions): readonly KubernetesObject[] {
    return objects.map(({ manifest, key, path, after }) => {
      const own = after.map((other) => this.#registered.get(other.key));
      const earlier = needs(manifest).map((need) => this.#registered.get(need));
      const inside = [...new Set([...own, ...earlier])].filter((resource) => resource !== undefined);
      const object = new KubernetesObject(
        `${typeToken(manifest)}${isMadeByKubernetes(manifest) ? "Patch" : ""}`,
        `${this.args.clusterName}/${path}`,
        this.args.late.restore(withoutWait(manifest)) as Manifest,
        {
          parent: options.parent,
          provider: this.args.provider,
          deletedWith: this.args.cluster,
          dependsOn: [...inside, ...(inside.length === 0 ? options.after : []), ...options.waitsFor(manifest)],
          ...(isOwnNamespace(manifest) ? { protect: this.args.protectNamespaces } : {}),
        },
      );
      for (const name of [key, ...provides(manifest)]) this.#registered.set(name, object);
      return object;
    });
  }

  private duplicates(objects: readonly OrderedObject[]): readonly string[] {
    const paths = new Map<string, string>();
    return objects.flatMap(({ source, key }) => {
      const first = paths.get(key) ?? (this.#registered.has(key) ? "an application before it" : undefined);
      if (first === undefined) paths.set(key, source.node.path);
      return first === undefined
        ? []
        : [`[${source.node.path}] '${key}' must be there once, and ${first} makes it already. Give it another name`];
    });
  }
}

/**
 * The provider waits until an Ingress has an address, which comes from a controller that people install once the cluster
 * is there: the first deployment would wait for it in vain.
 */
function withoutWait(manifest: Manifest): Manifest {
  if (manifest.kind !== "Ingress") return manifest;
  const annotations = { "pulumi.com/skipAwait": "true", ...manifest.metadata.annotations };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

function isMadeByKubernetes(manifest: Manifest): boolean {
  return manifest.apiVersion === "v1" && MADE_BY_KUBERNETES.has(`${manifest.kind} ${manifest.metadata.name}`);
}

function isOwnNamespace(manifest: Manifest): boolean {
  return keyOf(manifest).startsWith("/Namespace ") && !isMadeByKubernetes(manifest);
}
