import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Read } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, planned, unresolved } from "../../../examples.js";
import { containersOf, onWorld, podView, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const RELEASE = "kubernetes:helm.sh/v3:Release";

/** No workload runs an image of the dashboard, or carries its labels; no Helm release installs its chart. */
export const noKubernetesDashboard = defineRule({
  id: "no-kubernetes-dashboard",
  title: "the Kubernetes dashboard is not installed",
  ring: "cluster",
  severity: "medium",
  rationale:
    "The dashboard turns a browser into a client of the API with whatever rights it was given, and has been the way in of several breaches. Its project is archived.",
  remediation: "Remove it; kubectl and the EKS console show the same, with each person's own rights",
  references: references("catalogue/rules.csv: CKV_K8S_33, C-0014, AC_K8S_0067, KICS", {
    "owasp-k8s": ["K06"],
    attack: ["T1133"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the dashboard's image",
        resources: [container("ui", { image: "kubernetesui/dashboard:v2.7.0" })],
        path: "spec.template.spec.containers[0].image",
      },
      { title: "its chart", resources: [planned(RELEASE, "ui", { chart: "kubernetes-dashboard" })], path: "chart" },
    ],
    pass: [{ title: "another program", resources: [container("ui", { image: "grafana/grafana:12.0.0" })] }],
    unknown: [
      {
        title: "the chart is an output",
        resources: [planned(RELEASE, "ui", { chart: unresolved("string") })],
        path: "chart",
      },
    ],
  },
  ...onWorld([...WORKLOAD_TYPES, RELEASE], function* (context) {
    const { world } = context;
    for (const workload of world.workloads) {
      const pod = podView(context, workload);
      const images = containersOf(pod).map(({ at }) => at.at("image"));
      const labels = ["k8s-app", "app", "app.kubernetes.io/name"]
        .map((key) => pod.workload.podMetadata.at("labels", key))
        .filter((l) => l.string() === "kubernetes-dashboard");
      const [found] = [...images.filter((image) => isDashboard(image.text())), ...labels];
      const hidden = images.find((image) => image.text() === UNKNOWN);
      const { resource } = workload.object;
      if (found !== undefined) yield { resource, verdict: fail(found, `${pod.label} is the Kubernetes dashboard`) };
      else if (hidden === undefined) yield { resource, verdict: pass() };
      else yield { resource, verdict: unknown(hidden, `what ${pod.label} runs is not known before the deployment`) };
    }
    for (const release of world.ofType(RELEASE)) {
      const chart = world.inputsOf(release).at("chart");
      const name = chart.text();
      if (name === UNKNOWN)
        yield {
          resource: release,
          verdict: unknown(chart, `what release '${release.name}' installs is not known before the deployment`),
        };
      else
        yield {
          resource: release,
          verdict: isDashboard(name)
            ? fail(chart, `release '${release.name}' installs the Kubernetes dashboard`)
            : pass(),
        };
    }
  }),
});

function isDashboard(text: Read<string | undefined>): boolean {
  return (
    typeof text === "string" &&
    /(^|\/)(kubernetes-dashboard(-[\w-]+)?|dashboard-(web|api|auth|metrics-scraper))([:@]|$)|kubernetesui\/dashboard/.test(
      text,
    )
  );
}
