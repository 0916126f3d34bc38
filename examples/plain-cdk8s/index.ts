import { App, Chart } from "cdk8s";
import { Cidr } from "../../constructs/index.js";
import type { ClusterContract } from "../../constructs/index.js";
import { BatchPipeline } from "../batch-pipeline/index.js";
import { ReplicatedStore } from "../replicated-store/index.js";
import { TeamPlatform } from "../team-platform/index.js";

/** A cluster that somebody else made, written down by hand: no Pulumi is needed. */
const CLUSTER: ClusterContract = {
  clusterName: "shared",
  kubernetesVersion: "1.36",
  region: "eu-west-1",
  accountId: "111122223333",
  vpcCidrs: [Cidr.parse("10.0.0.0/16")],
  podCidrs: [Cidr.parse("10.0.0.0/18")],
  controlPlaneCidrs: [Cidr.parse("10.0.192.0/28")],
  endpointCidrs: [Cidr.parse("10.0.193.0/26")],
  loadBalancerCidrs: [Cidr.parse("10.0.194.0/24")],
  serviceCidr: Cidr.parse("172.20.0.0/16"),
  registryHost: "registry.example.com",
  storageClassName: "encrypted",
  keyArns: {},
};

/** Stands for the digests that a build writes down. */
const DIGEST = `sha256:${"a1b2c3d4".repeat(8)}`;

/** A plain cdk8s app of three applications, one chart each. `cdk8s synth`, or {@link main}, writes it to `dist/`. */
export function platformApp(): App {
  const app = new App();
  new BatchPipeline(new Chart(app, "batch-pipeline"), "app", {
    contract: CLUSTER,
    partnerCidr: "192.0.2.0/24",
    digests: { fetch: DIGEST, transform: DIGEST, queue: DIGEST, report: DIGEST, migrate: DIGEST },
  });
  new ReplicatedStore(new Chart(app, "replicated-store"), "app", {
    contract: CLUSTER,
    digests: { store: DIGEST, client: DIGEST },
  });
  new TeamPlatform(new Chart(app, "team-platform"), "app", {
    contract: CLUSTER,
    serviceDigest: DIGEST,
  });
  return app;
}

/** Writes the manifests. */
export function main(): void {
  platformApp().synth();
}

if (require.main === module) main();
