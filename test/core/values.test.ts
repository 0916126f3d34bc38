import fc from "fast-check";
import { Arn } from "../../core/arn.js";
import {
  DEFAULT_KUBERNETES_VERSION,
  compareVersions,
  KUBERNETES_VERSIONS,
  supportOf,
} from "../../core/data/kubernetes-versions.js";
import { InputError, issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import { ringOfType } from "../../core/ring.js";
import { hasToken, splitAtTokens, tokenOf } from "../../core/token.js";

describe("tokens", () => {
  const part = fc.oneof(
    fc.stringMatching(/^[^$]+$/).map((text) => ({ text })),
    fc.stringMatching(/^[A-Za-z0-9_.-]+$/).map((token) => ({ token })),
  );

  test("text with tokens is split where they stand, and nothing is lost", () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.map((p) => ("text" in p ? p.text : tokenOf(p.token))).join("");
        const split = splitAtTokens(text);
        expect(split.map((p) => ("text" in p ? p.text : tokenOf(p.token))).join("")).toBe(text);
        expect(split.filter((p) => "token" in p)).toEqual(parts.filter((p) => "token" in p));
        expect(hasToken(text)).toBe(parts.some((p) => "token" in p));
      }),
    );
  });
});

describe("issues", () => {
  test("all of them in one error, a line each, and the stack is the message", () => {
    const error = new InputError("Network 'prod'", [
      issue("OutOfRange", "zones", "must be between 2 and 6", 9, "Use 3"),
      issue("Required", "admins", "must name somebody", undefined, "Pass a role"),
    ]);
    expect(error.message).toBe(
      "Network 'prod':\n  'zones' must be between 2 and 6, got 9. Use 3\n  'admins' must name somebody, got nothing. Pass a role",
    );
    expect(error.stack).toBe(error.message);
  });

  test("a relaxation without a reason is refused", () => {
    expect(() => relaxation("Egress.nat", { reason: "because" })).toThrow(
      "'reason' must say why, in at least ten characters, got 'because'",
    );
    expect(relaxation("Egress.nat", { reason: "the licence server is outside" })).toEqual({
      choice: "Egress.nat",
      reason: "the licence server is outside",
    });
  });
});

describe("ARNs", () => {
  test("of all partitions are read into parts", () => {
    expect(Arn.parts("arn:aws-us-gov:iam::111122223333:role/a/b")).toEqual({
      partition: "aws-us-gov",
      service: "iam",
      region: "",
      account: "111122223333",
      resource: "role/a/b",
    });
  });
  test.each(["", "arn:aws:iam", "arn:aws:iam::12:role/x", "role/x"])("'%s' is none", (text) => {
    expect(() => Arn.parse(text)).toThrow("'arn' must be an ARN");
  });
});

describe("Kubernetes versions", () => {
  test.each([
    ["1.36", "2026-11-21", { kind: "supported", until: "2027-08-02" }],
    ["1.34", "2026-11-21", { kind: "endsSoon", until: "2026-12-02", days: 11 }],
    ["1.34", "2026-10-02", { kind: "supported", until: "2026-12-02" }],
    ["1.33", "2026-11-21", { kind: "ended", since: "2026-07-29" }],
    ["1.12", "2026-11-21", { kind: "unlisted" }],
  ] as const)("%s on %s", (version, day, state) => {
    expect(supportOf(version, new Date(day))).toEqual(state);
  });

  test("are compared as numbers", () => {
    expect(compareVersions("1.9", "1.36")).toBeLessThan(0);
    expect(() => compareVersions("1.x", "1.36")).toThrow(
      "'version' must be a minor version of Kubernetes, got '1.x'. Write it like '1.36'",
    );
  });

  test("the table is in order, and the default is in it", () => {
    const versions = KUBERNETES_VERSIONS.map((v) => v.version);
    expect([...versions].sort(compareVersions)).toEqual(versions);
    expect(versions).toContain(DEFAULT_KUBERNETES_VERSION);
  });
});

test.each([
  ["kubernetes:apps/v1:Deployment", "container"],
  ["kubernetes:core/v1:Pod", "container"],
  ["kubernetes:core/v1:Namespace", "cluster"],
  ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "cluster"],
  ["kubernetes:example.com/v1:Deployment", "cluster"],
  ["aws:ecr/repository:Repository", "cloud"],
  ["aws:eks/cluster:Cluster", "cloud"],
])("%s lies in the ring %s", (type, ring) => {
  expect(ringOfType(type)).toBe(ring);
});
