import { INGRESS_NGINX_LAST_DAY } from "../../../../core/data/ingress-nginx.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { onContainers } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** Repositories of the controller, of its variants and of mirrors that keep the path. */
const CONTROLLER =
  /(^|\/)(ingress-nginx\/controller(-chroot)?|kubernetes-ingress-controller\/nginx-ingress-controller)$/;

/** No container runs the controller of the project ingress-nginx, which has ended. NGINX Ingress Controller of F5 is another. */
export const ingressNginxEol = defineRule({
  id: "ingress-nginx-eol",
  title: "the ingress controller still gets fixes",
  ring: "cluster",
  severity: "medium",
  rationale:
    "The project ingress-nginx has ended, and its controller stands at the edge with access to Secrets: the next hole in it stays open.",
  remediation:
    "Move to a controller that is maintained: AWS Load Balancer Controller, or an implementation of Gateway API",
  references: references("catalogue/rules.csv: C-0292, KY check-ingress-nginx-controller-version-…", {
    "nsa-cisa": ["upgrading"],
    "owasp-k8s": ["K07"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the controller",
        resources: [container("edge", { image: "registry.k8s.io/ingress-nginx/controller:v1.14.0" })],
        path: "spec.template.spec.containers[0].image",
      },
      {
        title: "from a mirror",
        resources: [container("edge", { image: "mirror.example.com/k8s/ingress-nginx/controller-chroot:v1.13.0" })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
    pass: [
      {
        title: "another controller on nginx",
        resources: [container("edge", { image: "docker.io/nginx/nginx-ingress:5.3.0" })],
      },
      {
        title: "a tool of the same project",
        resources: [container("certgen", { image: "registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.6.0" })],
      },
    ],
    unknown: [
      {
        title: "the image is an unresolved output",
        resources: [container("edge", { image: unresolved("string") })],
        path: "spec.template.spec.containers[0].image",
      },
    ],
  },
  ...onContainers(({ at, containerLabel, today }) => {
    const image = at.at("image");
    const parts = imageParts(image);
    if (parts === UNKNOWN)
      return unknown(image, `which image ${containerLabel} runs is not known before the deployment`);
    const ended = today.toISOString().slice(0, 10) > INGRESS_NGINX_LAST_DAY;
    if (!ended || parts === undefined || !CONTROLLER.test(parts.repository)) return pass();
    return fail(image, `${containerLabel} is ingress-nginx, which gets no fixes since ${INGRESS_NGINX_LAST_DAY}`);
  }),
});
