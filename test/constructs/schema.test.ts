import { NetworkEngine } from "../../constructs/index.js";
import { everythingIn, everythingOfTheCluster, everythingOfTheHost } from "./everything.js";
import { MINORS, schemaProblems } from "./schema.js";
import { synth } from "./synth.js";
import type { Manifest } from "./synth.js";

const all = (minor: string): readonly Manifest[] =>
  synth((chart) => {
    everythingIn(chart, NetworkEngine.networkPolicy(), "kubernetes", minor);
    everythingIn(chart, NetworkEngine.cilium(), "cilium", minor);
    everythingIn(chart, NetworkEngine.calico(), "calico", minor);
    everythingOfTheHost(chart, minor);
    everythingOfTheCluster(chart);
  });

describe.each(MINORS)("every manifest, by the OpenAPI of Kubernetes %s", (minor) => {
  const manifests = all(minor);

  test("is valid, and no field is unknown", () => {
    expect(manifests.flatMap((manifest) => schemaProblems(manifest, minor))).toEqual([]);
  });

  test("is of a kind that is looked at here", () => {
    expect([...new Set(manifests.map(({ kind }) => kind))].sort()).toEqual([
      ...["CiliumClusterwideNetworkPolicy", "CiliumNetworkPolicy", "ClusterNetworkPolicy", "CronJob", "DaemonSet"],
      ...["Deployment", "GlobalNetworkPolicy", "HorizontalPodAutoscaler", "Job", "LimitRange", "Namespace"],
      ...[
        "NetworkPolicy",
        "PersistentVolumeClaim",
        "PodDisruptionBudget",
        "PriorityClass",
        "ResourceQuota",
        "RuntimeClass",
        "Service",
        "ServiceAccount",
      ],
      ...["StatefulSet", "StorageClass", "Tier", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
    ]);
  });

  test("has no field that is undefined, null or empty where it must not be", () => {
    const holes = manifests.filter((manifest) => JSON.stringify(manifest).includes("null"));
    expect(holes).toEqual([]);
  });
});

test("an unknown field, a wrong type and a missing field are found", () => {
  const [namespace] = all("1.36").filter(({ kind }) => kind === "Namespace");
  const broken = { ...namespace, spec: { finalizers: "none", finalisers: [] } } as unknown as Manifest;
  expect(schemaProblems(broken, "1.36")).toEqual([expect.stringContaining("should NOT have additional properties")]);
  const wrong = { ...namespace, spec: { finalizers: "none" } } as unknown as Manifest;
  expect(schemaProblems(wrong, "1.36")).toEqual([expect.stringContaining("should be array")]);
  const [cilium] = all("1.36").filter(({ kind }) => kind === "CiliumNetworkPolicy");
  expect(schemaProblems({ ...cilium, spec: { selector: {} } } as unknown as Manifest, "1.36")).toEqual([
    expect.stringContaining("should NOT have additional properties"),
  ]);
});

test("synthesis twice gives the same text", () => {
  expect(JSON.stringify(all("1.36"))).toBe(JSON.stringify(all("1.36")));
});
