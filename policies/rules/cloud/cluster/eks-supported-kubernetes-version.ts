import { compareVersions, KUBERNETES_VERSIONS, supportOf } from "../../../../core/data/kubernetes-versions.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const CLUSTER = "aws:eks/cluster:Cluster";

/** The version is pinned and in standard support (`core/data/kubernetes-versions`). */
export const eksSupportedKubernetesVersion = defineRule({
  id: "eks-supported-kubernetes-version",
  title: "the cluster runs a version in standard support",
  ring: "cloud",
  severity: "medium",
  rationale:
    "After standard support a version costs six times as much, and flaws found in Kubernetes are fixed elsewhere. A cluster without a version gets whatever is newest on the day it is made.",
  remediation: 'version: "1.36"',
  references: references("catalogue/rules.csv: CKV_AWS_339 (hard-coded 1.29–1.35), C-0273, PRW", {
    "aws-fsbp": ["EKS.2"],
    "nsa-cisa": ["upgrading"],
    "pci-dss-4": ["6.3.3"],
    "owasp-k8s": ["K07"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no version is pinned", resources: [planned(CLUSTER, "prod", {})], path: "version" },
      {
        title: "standard support ended long ago",
        resources: [planned(CLUSTER, "prod", { version: "1.31" })],
        path: "version",
      },
    ],
    pass: [{ title: "a version in standard support", resources: [planned(CLUSTER, "prod", { version: "1.37" })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [planned(CLUSTER, "prod", { version: unresolved("string") })],
        path: "version",
      },
    ],
  },
  ...onResource([CLUSTER], ({ resource: cluster, inputs, today }) => {
    const at = inputs.at("version");
    const version = at.string();
    if (version === UNKNOWN)
      return unknown(at, `the version of cluster '${cluster.name}' is not known before the deployment`);
    if (version === undefined) return fail(at, `cluster '${cluster.name}' pins no version of Kubernetes`);
    const support = supportOf(version, today);
    switch (support.kind) {
      case "supported":
      case "endsSoon":
        return pass();
      case "ended":
        return fail(
          at,
          `standard support of Kubernetes ${version}, which cluster '${cluster.name}' runs, ended on ${support.since}`,
        );
      case "unlisted":
        return isOlderThanListed(version)
          ? fail(at, `EKS no longer offers Kubernetes ${version}, which cluster '${cluster.name}' asks for`)
          : unknown(
              at,
              `Kubernetes ${version}, which cluster '${cluster.name}' asks for, is not in this release's table of versions`,
            );
    }
  }),
});

function isOlderThanListed(version: string): boolean {
  return /^1\.\d+$/.test(version) && compareVersions(version, KUBERNETES_VERSIONS[0].version) < 0;
}
