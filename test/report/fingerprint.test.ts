import type { PlannedObject, PlannedResource, Urn } from "../../plan/model/index.js";
import { fingerprintsOf } from "../../report/fingerprint.js";
import { deployment, resource, rule } from "./support.js";

const RULE = rule("pod-no-privileged");

function db(containers: readonly PlannedObject[], urn = "urn:ringfence:app.yaml#0"): PlannedResource {
  return deployment("db", {
    urn: urn as Urn,
    inputs: {
      metadata: { name: "db", namespace: "vote" },
      spec: { containers, tolerations: [{ key: "a" }, { key: "b" }] },
    },
  });
}

function of(at: PlannedResource, path: string, id = RULE.id): string {
  return fingerprintsOf([{ rule: { ...RULE, id }, resource: at, path }])[0] ?? "";
}

describe("the fingerprint of a finding", () => {
  const web = { name: "web" };
  const log = { name: "log" };
  const first = of(db([web, log]), "spec.containers[0].image");

  it("is this one for ever: baselines and alerts elsewhere go by it", () => {
    expect(first).toBe("2f20842f629ede0684e0f8935d3dc935");
  });

  it("stays when the file, the line or the place in a list of named items changes", () => {
    expect(of(db([log, web], "urn:ringfence:other/app.yaml#7"), "spec.containers[1].image")).toBe(first);
  });

  it("changes with the rule, the object, the path, and the place in a list of items without names", () => {
    const others = [
      of(db([web, log]), "spec.containers[0].image", "image-pinned"),
      of(db([web, log]), "spec.containers[1].image"),
      of(db([web, log]), "spec.initContainers[0].image"),
      of(db([web, log]), "spec.containers[0]"),
      of(db([web, log]), ""),
      of(db([web, log]), "spec.tolerations[0].key"),
      of(db([web, log]), "spec.tolerations[1].key"),
      of(
        resource("kubernetes:apps/v1:StatefulSet", "db", { inputs: db([web, log]).inputs }),
        "spec.containers[0].image",
      ),
    ];
    expect(new Set([first, ...others]).size).toBe(9);
  });

  it("tells twins apart: two objects of one id by where they stand, two findings of one place by their order", () => {
    const twins = [db([web], "urn:ringfence:a.yaml#0"), db([web], "urn:ringfence:b.yaml#0")];
    const marks = fingerprintsOf(
      [...twins, ...twins].map((at) => ({ rule: RULE, resource: at, path: "spec.containers[0].image" })),
    );
    expect(new Set(marks).size).toBe(4);
    const turned = fingerprintsOf(
      [...twins].reverse().map((at) => ({ rule: RULE, resource: at, path: "spec.containers[0].image" })),
    );
    expect(turned).toEqual([marks[1], marks[0]]);
  });

  it("is not that of two steps for one key with a dot in it", () => {
    const at = resource("kubernetes:core/v1:Pod", "x", {
      inputs: { metadata: { annotations: { "a.b": "c" }, name: "x" } },
    });
    expect(of(at, 'metadata.annotations["a.b"]')).not.toBe(of(at, "metadata.annotations.a.b"));
  });
});
