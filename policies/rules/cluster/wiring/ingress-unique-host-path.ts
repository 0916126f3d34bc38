import type { Cursor, KubernetesObject } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleValue } from "../../../model.js";
import type { Found } from "../../../shapes.js";
import { labelOf, onWorld } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

function ingress(namespace: string, host: ExampleValue, path = "/") {
  return manifest(
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "web", namespace },
      spec: { rules: [{ host, http: { paths: [{ path, pathType: "Prefix" }] } }] },
    },
    { as: `ingress-${namespace}` },
  );
}

/** No two Ingresses of a cluster claim the same path of the same host; of one class, when both name one. */
export const ingressUniqueHostPath = defineRule({
  id: "ingress-unique-host-path",
  title: "each path of a host belongs to one Ingress",
  ring: "cluster",
  severity: "low",
  rationale:
    "Of two Ingresses with the same host and path, the controller picks one, by age or at random: a second namespace takes the visitors of the first, or gets its own taken.",
  remediation: "rules: [{ host: vote.example.com }]  // a host, or a path, of its own in each Ingress",
  references: references("catalogue/rules.csv: GK uniqueingresshost, KY unique-ingress-host(-and-path)", {
    attack: ["T1557"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "another namespace claims it too",
        resources: [ingress("vote", "vote.example.com"), ingress("jobs", "vote.example.com")],
        path: "spec.rules[0].http.paths[0].path",
        on: "ingress-jobs",
      },
    ],
    pass: [
      {
        title: "two paths of one host",
        resources: [ingress("vote", "vote.example.com"), ingress("jobs", "vote.example.com", "/jobs")],
      },
      {
        title: "two hosts",
        resources: [ingress("vote", "vote.example.com"), ingress("jobs", "jobs.example.com")],
      },
    ],
    unknown: [
      {
        title: "the host is an output",
        resources: [ingress("vote", unresolved("string"))],
        path: "spec.rules[0].host",
      },
    ],
  },
  ...onWorld(["kubernetes:networking.k8s.io/v1:Ingress"], function* ({ world }) {
    const claimed = new Map<string, KubernetesObject>();
    // By name, so that the order of the files decides nothing.
    const ingresses = [...world.find({ kind: "Ingress", group: "networking.k8s.io" })].sort((a, b) =>
      labelOf(a) < labelOf(b) ? 1 : -1,
    );
    for (const object of ingresses) yield* judgeIngress(object, claimed);
  }),
});

function* judgeIngress(object: KubernetesObject, claimed: Map<string, KubernetesObject>): Iterable<Found> {
  const { resource, root } = object;
  const rules = root.at("spec", "rules").items();
  if (rules.length === 0) yield { resource, verdict: notApplicable("it names no hosts") };
  for (const rule of rules) {
    const host = rule.at("host").string();
    if (host === UNKNOWN)
      yield {
        resource,
        verdict: unknown(rule.at("host"), `which host ${labelOf(object)} claims is not known before the deployment`),
      };
    else for (const path of pathsOf(rule)) yield { resource, verdict: judgePath(object, host ?? "", path, claimed) };
  }
}

function pathsOf(rule: Cursor): readonly Cursor[] {
  const paths = rule.at("http", "paths").items();
  return paths.map((path) => path.at("path"));
}

function judgePath(object: KubernetesObject, host: string, at: Cursor, claimed: Map<string, KubernetesObject>) {
  const path = at.string();
  if (path === UNKNOWN) return unknown(at, `which path ${labelOf(object)} claims is not known before the deployment`);
  const key = [object.cluster, classOf(object), host, path ?? "/"].join("|");
  const other = claimed.get(key);
  if (other === undefined || other === object) {
    claimed.set(key, object);
    return pass();
  }
  return fail(
    at,
    `${labelOf(object)} and ${labelOf(other)} both claim ${host === "" ? "every host" : host}${path ?? "/"}`,
  );
}

function classOf({ root }: KubernetesObject): string {
  const stated = root.at("spec", "ingressClassName").string();
  const annotated = root.at("metadata", "annotations", "kubernetes.io/ingress.class").string();
  return [stated, annotated].find((name) => typeof name === "string") ?? "";
}
