import fc from "fast-check";
import { ADDON_NAMES, ADDON_VERSIONS } from "../../../infra/index.js";
import { planAddons, planVersion } from "../../../infra/cluster/version.js";

const on = (version: string, day: string) => planVersion(version, new Date(day));

test("accepts a version in standard support without a word", () => {
  expect(on("1.36", "2026-11-21")).toEqual({ issues: [] });
});

test("warns for the last sixty days", () => {
  expect(on("1.36", "2027-06-02")).toEqual({ issues: [] });
  expect(on("1.36", "2027-06-03").warning).toBe(
    "EKS ends standard support of Kubernetes 1.36 on 2027-08-02, in 60 days. EKS supports 1.36, 1.37",
  );
  expect(on("1.36", "2027-08-02").warning).toContain("in 0 days");
});

test("fails from the day after", () => {
  const { issues } = on("1.36", "2027-08-03");
  expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual(["EndOfSupport kubernetesVersion"]);
});

test("fails for what EKS does not list", () => {
  fc.assert(
    fc.property(fc.string(), (version) => {
      fc.pre(!/^1\.3[1-7]$/.test(version));
      expect(on(version, "2026-11-21").issues.map(({ code }) => code)).toEqual(["EndOfSupport"]);
    }),
  );
});

test("every pinned kube-proxy is of the version that it serves", () => {
  for (const [version, addons] of Object.entries(ADDON_VERSIONS))
    expect(addons["kube-proxy"]).toMatch(new RegExp(`^v${version.replace(".", "\\.")}\\.\\d+-eksbuild\\.\\d+$`));
});

test("every pin has the form of an add-on version", () => {
  for (const version of Object.keys(ADDON_VERSIONS))
    expect(planAddons(ADDON_NAMES, version, undefined).issues).toEqual([]);
});

test("takes a given version before the pinned one, and refuses one of another form", () => {
  expect(planAddons(["coredns"], "1.36", { coredns: "v1.14.4-eksbuild.1" }).versions).toEqual({
    coredns: "v1.14.4-eksbuild.1",
  });
  expect(planAddons(["coredns"], "1.36", { coredns: "latest" }).issues.map(({ code }) => code)).toEqual(["Malformed"]);
});
