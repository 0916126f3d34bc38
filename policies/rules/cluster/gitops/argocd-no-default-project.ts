import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

function application(spec: ExampleObject) {
  return manifest({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "vote", namespace: "argocd" },
    spec,
  });
}

/** No Application of Argo CD is in the project `default`, which allows every source, cluster and kind. */
export const argocdNoDefaultProject = defineRule({
  id: "argocd-no-default-project",
  title: "an Application of Argo CD has a project of its own",
  ring: "cluster",
  severity: "low",
  rationale:
    "The project default lets an Application take manifests from any repository and put any object into any namespace: who changes one Application has the rights of Argo CD.",
  remediation: "project: vote  // of an AppProject with sourceRepos, destinations and clusterResourceWhitelist",
  references: references(
    "catalogue/rules.csv: KY application-prevent-default-project, appproject-clusterresourceblacklist",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "the default", resources: [application({ project: "default" })], path: "spec.project" },
      { title: "left out, which Argo CD takes for the default", resources: [application({})], path: "spec.project" },
    ],
    pass: [{ title: "its own", resources: [application({ project: "vote" })] }],
    unknown: [
      { title: "an output decides", resources: [application({ project: unresolved("string") })], path: "spec.project" },
    ],
  },
  ...onKubernetes(["kubernetes:argoproj.io/v1alpha1:Application"], ({ object, root }) =>
    expectString(root.at("spec", "project"), {
      absent: "default",
      accept: (project) => project !== "default" && project !== "",
      message: `${labelOf(object)} may put anything anywhere, with the rights of Argo CD`,
      undecided: `which project ${labelOf(object)} is in is not known before the deployment`,
    }),
  ),
});
