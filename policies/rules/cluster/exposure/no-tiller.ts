import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { containersOf, onPods, unreadableLists } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** No workload runs Tiller, the server half of Helm 2: by the name of its image or by its labels. */
export const noTiller = defineRule({
  id: "no-tiller",
  title: "Tiller is not installed",
  ring: "cluster",
  severity: "info",
  rationale:
    "Tiller answers without asking who speaks, and installs what it is told with the rights of an administrator. Helm has had no need of it since 2019.",
  remediation: "Remove it, and install with Helm 3 or later, which acts with each person's own rights",
  references: references(
    "catalogue/rules.csv: CKV_K8S_34, CKV_K8S_44, CKV_K8S_45, KSV-0102, KY disallow-helm-tiller, AC_K8S_0071/0110, KICS ×3",
    { "owasp-k8s": ["K06"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "its image",
        resources: [container("tiller-deploy", { image: "ghcr.io/helm/tiller:v2.17.0" })],
        path: "spec.template.spec.containers[0].image",
      },
      {
        title: "its labels",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: "t", namespace: "kube-system", labels: { app: "helm", name: "tiller" } },
            spec: { containers: [{ name: "t", image: "registry.example.com/tools@sha256:00" }] },
          }),
        ],
        path: "metadata.labels.name",
      },
    ],
    pass: [
      {
        title: "an image called alike",
        resources: [container("web", { image: "registry.example.com/distiller:1.0" })],
      },
    ],
    unknown: [
      {
        title: "the image is an output",
        resources: [container("web", { image: unresolved("string") })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
  },
  ...onPods((pod) => {
    const labels = pod.workload.podMetadata.at("labels");
    const isLabelled = labels.at("app").string() === "helm" && labels.at("name").string() === "tiller";
    if (isLabelled) return fail(labels.at("name"), `${pod.label} is Tiller`);
    const verdicts = containersOf(pod).flatMap(({ at, containerLabel }) => {
      const parts = imageParts(at.at("image"));
      if (parts === undefined) return [];
      if (parts === UNKNOWN)
        return [unknown(at.at("image"), `what ${containerLabel} runs is not known before the deployment`)];
      return /(^|\/)tiller$/.test(parts.repository) ? [fail(at.at("image"), `${containerLabel} is Tiller`)] : [];
    });
    const all = [...unreadableLists(pod), ...verdicts];
    return all.length === 0 ? pass() : all;
  }),
});
