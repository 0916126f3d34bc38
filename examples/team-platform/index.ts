import { Construct } from "constructs";
import {
  ClusterDeny,
  ClusterNetworkRules,
  HardenedDeployment,
  HardenedNamespace,
  Namespaces,
  Peer,
} from "../../constructs/index.js";
import type { ClusterContract } from "../../constructs/index.js";

const TEAM_LABEL = "platform.example.com/team";

/** The teams of the example. */
export const TEAMS = [
  ...["basket", "catalogue", "delivery", "fraud", "identity", "inventory", "payments", "pricing", "reviews", "search"],
] as const;

/** Props of {@link TeamPlatform}. */
export interface TeamPlatformProps {
  readonly contract: ClusterContract;
  /** Digest of the image of every team's service. */
  readonly serviceDigest: string;
}

/**
 * A platform that ten teams share. Every team has a namespace with a quota and services of its own; a guard rail of the
 * cluster keeps the teams apart whatever their own policies say, and every pod from the credentials of its node.
 */
export class TeamPlatform extends Construct {
  constructor(scope: Construct, id: string, { contract, serviceDigest }: TeamPlatformProps) {
    super(scope, id);
    const { kubernetesVersion, registryHost } = contract;
    const common = { kubernetesVersion, approvedRegistries: [registryHost] };

    new ClusterNetworkRules(this, "no-instance-metadata", {
      subject: Namespaces.except("kube-system"),
      rules: [ClusterDeny.instanceMetadata()],
    });
    for (const team of TEAMS) {
      const namespace = new HardenedNamespace(this, team, {
        ...common,
        labels: { [TEAM_LABEL]: team },
        quota: { cpuRequestCores: 4, cpuLimitCores: 8, memoryGiB: 8, pods: 20 },
      });
      const api = new HardenedDeployment(namespace, "api", {
        image: `${registryHost}/teams/${team}@${serviceDigest}`,
        ports: { http: 8080 },
      });
      const worker = new HardenedDeployment(namespace, "worker", {
        image: `${registryHost}/teams/${team}@${serviceDigest}`,
        args: ["--worker"],
      });
      api.expose();
      worker.allowTo(api);
      api.allowFrom(Peer.loadBalancer(contract));
      new ClusterNetworkRules(this, `team-${team}`, {
        subject: Namespaces.labelled(TEAM_LABEL, team),
        rules: [ClusterDeny.ingressFrom("other-teams", Namespaces.labelledOtherThan(TEAM_LABEL, team))],
      });
    }
  }
}
