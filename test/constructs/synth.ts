import { App, Chart } from "cdk8s";
import type { ChartProps } from "cdk8s";
import { Cidr } from "../../core/cidr.js";
import type { ClusterContract } from "../../core/contract.js";
import type { SynthesizedManifest } from "../../constructs/index.js";

/** A manifest as it leaves cdk8s. */
export type Manifest = SynthesizedManifest;

export const DIGEST = `sha256:${"a1b2c3d4".repeat(8)}`;
export const IMAGE = `registry.example.com/team/app@${DIGEST}`;

/** A cluster as the blueprint would hand it over. */
export const CONTRACT: ClusterContract = {
  clusterName: "prod",
  kubernetesVersion: "1.36",
  region: "eu-west-1",
  accountId: "111122223333",
  vpcCidrs: [Cidr.parse("10.0.0.0/16")],
  podCidrs: [Cidr.parse("10.0.0.0/18")],
  controlPlaneCidrs: [Cidr.parse("10.0.192.0/28"), Cidr.parse("10.0.192.16/28")],
  endpointCidrs: [Cidr.parse("10.0.193.0/26")],
  loadBalancerCidrs: [Cidr.parse("10.0.194.0/24")],
  serviceCidr: Cidr.parse("172.20.0.0/16"),
  registryHost: "${ringfence:registry}",
  keyArns: { volumes: "${ringfence:volumes-key}" },
};

/** The manifests of one chart in an app without Pulumi. Throws what synthesis throws. */
export function synth(build: (chart: Chart) => void, props: ChartProps = {}): readonly Manifest[] {
  const chart = new Chart(new App(), "app", props);
  build(chart);
  return chart.toJson() as readonly Manifest[];
}

/** The one object of that kind and name. */
export function only(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const [found, ...more] = manifests.filter((m) => m.kind === kind && m.metadata.name === name);
  if (found === undefined || more.length > 0)
    throw new Error(`expected one ${kind} '${name}', found ${found === undefined ? 0 : 1 + more.length}`);
  return found;
}

/** All that validation says, one line a problem, without the paths of constructs; nothing when synthesis succeeds. */
export function problems(build: (chart: Chart) => void): readonly string[] {
  const chart = new Chart(new App(), "app");
  build(chart);
  return chart.node.root.node.findAll().flatMap((construct) => construct.node.validate());
}
