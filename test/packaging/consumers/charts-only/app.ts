import { App, Chart } from "cdk8s";
import { HardenedDeployment, HardenedNamespace, ImageRef } from "ringfence/constructs";

const app = new App();
const chart = new Chart(app, "shop", { disableResourceNameHashes: true });
const namespace = new HardenedNamespace(chart, "shop");
new HardenedDeployment(namespace, "web", {
  image: ImageRef.parse(`registry.example.com/shop/web@sha256:${"0".repeat(64)}`),
});
console.log(app.synthYaml());
