import { writeFileSync } from "node:fs";
import { ringfence, scratch } from "./support.js";

const folder = scratch();
afterAll(folder.remove);

const rule = (passing: string) => `rules:
  - id: shop-team-label
    title: every workload names its team
    ring: container
    severity: medium
    rationale: Somebody has to answer at night.
    remediation: "metadata: { labels: { team: payments } }"
    match: { workloads: true }
    expression: has(object.metadata.labels) && 'team' in object.metadata.labels
    path: metadata.labels
    message: names no team
    examples:
      fail: [{ title: no label, object: { apiVersion: v1, kind: Pod, metadata: { name: a } } }]
      pass: [{ title: a team, object: ${passing} }]
      unknown:
        - title: labels from an output
          object: { apiVersion: v1, kind: Pod, metadata: { name: a, labels: { $unknown: object } } }
`;

const GOOD = "{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { team: b } } }";
const BAD = "{ apiVersion: v1, kind: Pod, metadata: { name: a, labels: { tame: b } } }";
const OTHER = "{ apiVersion: v1, kind: Service, metadata: { name: a } }";

function file(name: string, text: string): string {
  writeFileSync(folder.path(name), text);
  return folder.path(name);
}

describe("ringfence rules test", () => {
  it("runs the examples of the rules that are named", async () => {
    const { code, out, err } = await ringfence(["rules", "test", file("good.yaml", rule(GOOD))]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(`shop-team-label
  ok    fails: no label
  ok    passes: a team
  ok    cannot be told: labels from an output

1 rule, 3 examples: all say what they show
`);
  });

  it("says what an example says instead, and ends with exit code 1", async () => {
    const { code, out } = await ringfence(["rules", "test", "--quiet", file("bad.yaml", rule(BAD))]);
    expect(code).toBe(1);
    expect(out).toBe(`shop-team-label
  FAIL  passes: a team
        it must pass, and says 'fail' of kubernetes:core/v1:Pod default/a, metadata.labels (Pod 'default/a' names no team)

1 rule, 3 examples: 1 does not say what it shows
`);
  });

  it("does not take for a pass what the rule does not look at", async () => {
    const { out } = await ringfence(["rules", "test", file("other.yaml", rule(OTHER))]);
    expect(out).toContain("it must pass, and the rule finds nothing to judge: look at 'match' and the object");
  });

  it("takes the rules of a configuration", async () => {
    file("good.yaml", rule(GOOD));
    const config = file("ringfence.config.yaml", "ownRules: [good.yaml]");
    expect((await ringfence(["rules", "test", "--config-file", config])).code).toBe(0);
    const none = file("none.yaml", "sets: [default]");
    const { code, err } = await ringfence(["rules", "test", "--config-file", none]);
    expect([code, err]).toEqual([2, expect.stringContaining("'path' must name rules of your own")]);
  });

  it.each([
    ["a missing file", () => folder.path("missing.yaml"), "must be a file or folder that exists"],
    ["a file that is none", () => file("x.yaml", "a: ["), "must be YAML"],
    [
      "an id of Ringfence's",
      () => file("t.yaml", rule(GOOD).replace("shop-team-label", "pod-no-privileged")),
      "must have an id of its own",
    ],
  ])("refuses %s", async (_, path, message) => {
    const { code, err } = await ringfence(["rules", "test", path()]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("has a help of its own", async () => {
    expect((await ringfence(["rules", "test", "--help"])).out).toContain("ringfence rules test [path...]");
    expect((await ringfence(["rules", "tst"])).err).toContain("must be the id of a rule");
  });
});
