import { REMOVED_APIS } from "../../../../core/data/removed-apis.js";
import { isBuiltInGroup } from "../../../../core/data/cluster-scoped-kinds.js";
import type { KubernetesObject } from "../../../../plan/world/index.js";
import { apiVersionOf } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { labelOf, onWorld, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass } from "../../../verdicts.js";

/** It reads every object; these stand for all. */
const ANY = [...WORKLOAD_TYPES, "kubernetes:networking.k8s.io/v1:Ingress"] as const;

const REMOVED: ReadonlyMap<string, string | undefined> = new Map(
  REMOVED_APIS.flatMap(({ apiVersion, kinds, use }) => kinds.map((kind) => [`${apiVersion}/${kind}`, use] as const)),
);

function ingress(apiVersion: string) {
  return manifest({ apiVersion, kind: "Ingress", metadata: { name: "web", namespace: "vote" }, spec: {} });
}

/**
 * No object of Kubernetes' own kinds is of a version that a release has stopped serving, nor of an alpha or beta version, which
 * one will.
 */
export const apiVersionNotDeprecated = defineRule({
  id: "api-version-not-deprecated",
  title: "objects are of versions that stay",
  ring: "code",
  severity: "low",
  rationale:
    "A version that is on its way out is refused by the next upgrade, together with the fix that the upgrade was for.",
  remediation: "apiVersion: networking.k8s.io/v1",
  references: references(
    "catalogue/rules.csv: KSV-0107, KL no-extensions-v1beta, KSc stable-version, GK verifydeprecatedapi, KY check-deprecated-apis, PCP ×285 (alpha/beta), DATREE",
    { "owasp-k8s": ["K07"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "gone since 1.22", resources: [ingress("networking.k8s.io/v1beta1")], path: "apiVersion" },
      { title: "the group that everything left", resources: [ingress("extensions/v1beta1")], path: "apiVersion" },
    ],
    pass: [{ title: "a version that stays", resources: [ingress("networking.k8s.io/v1")] }],
    unknown: [],
  },
  ...onWorld(ANY, function* ({ world }) {
    for (const object of world.objects) yield { resource: object.resource, verdict: judgeVersion(object) };
  }),
});

function judgeVersion(object: KubernetesObject): Verdict {
  const apiVersion = apiVersionOf(object);
  const at = object.root.at("apiVersion");
  if (!isBuiltInGroup(object.group)) return notApplicable("its kind is none of Kubernetes' own");
  const key = `${apiVersion}/${object.kind}`;
  const use = REMOVED.get(key);
  if (REMOVED.has(key))
    return fail(
      at,
      `${labelOf(object)} is of ${apiVersion}, which is gone${use === undefined ? "" : `: ${use} took its place`}`,
    );
  return /^v\d+(alpha|beta)\d+$/.test(object.version)
    ? fail(at, `${labelOf(object)} is of ${apiVersion}, which a release will stop serving`)
    : pass();
}
