import {
  AdmissionPolicy,
  imageOrigin,
  NetworkEngine,
  podSecurityLock,
  recommendedControls,
  resourceLimits,
} from "../../../constructs/index.js";
import type { AdmissionControl } from "../../../constructs/index.js";
import { everyAccess, everyWayIn } from "../edge-everything.js";
import { everythingIn } from "../everything.js";
import { synth } from "../synth.js";
import { refusals } from "./engines.js";
import type { RenderedObject } from "./engines.js";
import type { Sent } from "./requests.js";

interface WithTemplate {
  readonly spec?: {
    readonly template?: Template;
    readonly jobTemplate?: { readonly spec: { readonly template: Template } };
  };
}

interface Template {
  readonly metadata?: { readonly labels?: Record<string, string> };
  readonly spec: object;
}

/** The pods that a workload makes. */
function podsOf(object: Sent): readonly Sent[] {
  const { spec } = object as WithTemplate;
  const template = spec?.template ?? spec?.jobTemplate?.spec.template;
  if (template === undefined) return [];
  const { name, namespace = "" } = object.metadata;
  return [{ apiVersion: "v1", kind: "Pod", metadata: { ...template.metadata, name, namespace }, spec: template.spec }];
}

const manifests = synth((chart) => {
  everythingIn(chart, NetworkEngine.networkPolicy(), "kubernetes", "1.36");
  everyAccess(chart);
  everyWayIn(chart, "1.36");
}) as unknown as readonly Sent[];
const objects = manifests.flatMap((object) => [object, ...podsOf(object)]);

test("there are pods, services and roles among what is made", () => {
  const count = (kind: string): number => objects.filter((object) => object.kind === kind).length;
  for (const kind of ["Pod", "Service", "ClusterRole", "Role", "Namespace"]) expect(count(kind)).toBeGreaterThan(1);
});

/** What a control refuses of all that is made. */
function refusedBy(control: AdmissionControl): readonly string[] {
  const policy = synth((chart) => new AdmissionPolicy(chart, "p", { control })) as unknown as RenderedObject[];
  return objects.flatMap((object) =>
    refusals(policy, { why: "made", admitted: true, object }).map(
      (message) => `${object.kind} ${object.metadata.name}: ${message}`,
    ),
  );
}

test.each([...recommendedControls(), podSecurityLock(), resourceLimits()])(
  "what this package makes passes $id",
  (control) => {
    expect(refusedBy(control)).toEqual([]);
  },
);

test("an image without a digest is refused, whatever reason it carries: it needs an exemption too", () => {
  expect(refusedBy(imageOrigin(["registry.example.com"]))).toEqual([
    "Pod store: every image must be pinned by a sha256 digest",
  ]);
});
