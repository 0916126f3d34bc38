import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, manifest, unresolved } from "../../../examples.js";
import { judgeNamed } from "../../../lib/wiring.js";
import type { PodView } from "../../../shapes.js";
import { containersOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { notApplicable } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });
const SETTINGS = manifest(
  { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: "vote" } },
  { as: "settings" },
);
const FROM = { envFrom: [{ configMapRef: { name: "settings" } }] };
const PATH = "spec.template.spec.containers[0].envFrom[0].configMapRef.name";

/** A place in a pod that names a ConfigMap or a Secret, and whether the pod starts without it. */
interface Reference {
  readonly kind: "ConfigMap" | "Secret";
  /** The map that holds the name, and `optional`. */
  readonly source: Cursor;
  readonly name: Cursor;
}

/**
 * Each ConfigMap and Secret that a pod needs is in the plan, where the plan makes the namespace. Those that are optional, and
 * Secrets that an ExternalSecret of the plan fills, count as there.
 */
export const configmapSecretRefExists = defineRule({
  id: "configmap-secret-ref-exists",
  title: "a pod names ConfigMaps and Secrets that there are",
  ring: "container",
  severity: "low",
  rationale:
    "A container whose ConfigMap or Secret is missing never starts, and waits for it: whoever makes an object of that name decides how the program runs.",
  remediation: "kind: ConfigMap, metadata: { name: settings, namespace: vote }  // or optional: true where it is",
  references: references("catalogue/rules.csv: KL env-value-from", {}),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "nobody makes it", resources: [container("web", FROM), NAMESPACE], path: PATH },
      {
        title: "a Secret in a volume",
        resources: [
          deployment("web", { volumes: [{ name: "db", secret: { secretName: "db" } }], containers: [] }),
          NAMESPACE,
        ],
        path: "spec.template.spec.volumes[0].secret.secretName",
      },
    ],
    pass: [
      { title: "it is there", resources: [container("web", FROM), NAMESPACE, SETTINGS] },
      {
        title: "a store fills it",
        resources: [
          deployment("web", { volumes: [{ name: "db", secret: { secretName: "db" } }], containers: [] }),
          NAMESPACE,
          manifest(
            {
              apiVersion: "external-secrets.io/v1",
              kind: "ExternalSecret",
              metadata: { name: "db", namespace: "vote" },
              spec: {},
            },
            { as: "external" },
          ),
          SETTINGS,
          container("other", FROM),
        ],
      },
    ],
    unknown: [
      {
        title: "the namespace is made elsewhere, perhaps the ConfigMap too",
        resources: [container("web", FROM)],
        path: PATH,
      },
      {
        title: "the name is an output",
        resources: [container("web", { envFrom: [{ configMapRef: { name: unresolved("string") } }] })],
        path: PATH,
      },
    ],
  },
  ...onPods((pod) => {
    const { workload, world } = pod;
    const needed = referencesOf(pod).filter(({ source }) => source.at("optional").boolean() !== true);
    const own = needed.filter(({ kind, name }) => kind === "ConfigMap" || !isFilledElsewhere(pod, name));
    if (own.length === 0) return notApplicable("it needs no ConfigMap or Secret of this plan");
    return own.map(({ kind, name }) => judgeNamed(world, workload.object, name, { group: "", kind }, "needs"));
  }),
  reads: [...WORKLOAD_TYPES, "kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:Secret"],
});

/** Kinds that fill a Secret when they run; by their own name unless they state one. */
const FILLERS = ["ExternalSecret", "SealedSecret", "Certificate", "VaultStaticSecret", "SecretProviderClass"];

function isFilledElsewhere({ workload: { object }, world }: PodView, name: Cursor): boolean {
  const wanted = name.string();
  if (object.namespace === undefined) return false;
  const { cluster, namespace } = object;
  return FILLERS.flatMap((kind) => world.find({ kind, namespace, cluster })).some((filler) => {
    const target = ["target", "destination"].map((field) => filler.root.at("spec", field, "name").string());
    return [filler.name, ...target, filler.root.at("spec", "secretName").string()].includes(wanted);
  });
}

function referencesOf(pod: PodView): readonly Reference[] {
  const volumes = pod.spec.at("volumes").items();
  const projected = volumes.flatMap((volume) => volume.at("projected", "sources").items());
  return [
    ...volumes.flatMap((volume) => [
      { kind: "ConfigMap" as const, source: volume.at("configMap"), name: volume.at("configMap", "name") },
      { kind: "Secret" as const, source: volume.at("secret"), name: volume.at("secret", "secretName") },
    ]),
    ...projected.flatMap((source) => both(source, "configMap", "secret")),
    ...containersOf(pod).flatMap(({ at }) => [
      ...at
        .at("envFrom")
        .items()
        .flatMap((source) => both(source, "configMapRef", "secretRef")),
      ...at
        .at("env")
        .items()
        .flatMap((one) => both(one.at("valueFrom"), "configMapKeyRef", "secretKeyRef")),
    ]),
  ].filter(({ source }) => !source.isAbsent);
}

function both(source: Cursor, configMap: string, secret: string): readonly Reference[] {
  return [
    { kind: "ConfigMap", source: source.at(configMap), name: source.at(configMap, "name") },
    { kind: "Secret", source: source.at(secret), name: source.at(secret, "name") },
  ];
}
