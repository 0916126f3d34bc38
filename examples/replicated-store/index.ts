import { Construct } from "constructs";
import {
  AntiAffinity,
  DisruptionBudget,
  HardenedDeployment,
  HardenedNamespace,
  HardenedStatefulSet,
  LifecycleHook,
  Peer,
  Probe,
  Spread,
  Volume,
} from "../../constructs/index.js";
import type { ClusterContract } from "../../constructs/index.js";

const CLIENT_PORT = 2379;
const PEER_PORT = 2380;
const METRICS_PORT = 2381;
const REPLICAS = 3;

/** Props of {@link ReplicatedStore}. */
export interface ReplicatedStoreProps {
  readonly contract: ClusterContract;
  /** Digests of the images by name. */
  readonly digests: Readonly<Record<"store" | "client", string>>;
}

/**
 * A store of three replicas that find each other by the headless Service, each with a disk and a zone of its own. Clients
 * reach its client port and nothing else; replicas reach each other's.
 */
export class ReplicatedStore extends Construct {
  constructor(scope: Construct, id: string, { contract, digests }: ReplicatedStoreProps) {
    super(scope, id);
    const namespace = new HardenedNamespace(this, "store", {
      kubernetesVersion: contract.kubernetesVersion,
      approvedRegistries: [contract.registryHost],
    });
    const client = new HardenedDeployment(namespace, "client", {
      image: `${contract.registryHost}/store/client@${digests.client}`,
      ports: { http: 8080 },
    });
    const store = new HardenedStatefulSet(namespace, "store", {
      image: `${contract.registryHost}/store/store@${digests.store}`,
      replicas: REPLICAS,
      podManagementPolicy: "Parallel",
      ports: { client: CLIENT_PORT, peer: PEER_PORT, metrics: METRICS_PORT },
      env: {
        NAME: { podField: "metadata.name" },
        PEERS: Array.from({ length: REPLICAS }, (_, i) => `store-${i}.store-headless.store.svc.cluster.local`).join(
          ",",
        ),
      },
      mounts: {
        "/var/lib/store": Volume.claim("data", { sizeGiB: 20, storageClassName: contract.storageClassName ?? "" }),
      },
      qosClass: "Guaranteed",
      resources: { cpuRequestMillicores: 500, memoryMiB: 1024 },
      spread: Spread.required(),
      antiAffinity: [AntiAffinity.preferred(client)],
      disruptionBudget: DisruptionBudget.minAvailable(2),
      readiness: Probe.http("/ready", { port: METRICS_PORT }),
      startup: Probe.http("/live", { port: METRICS_PORT, failureThreshold: 60 }),
      preStop: LifecycleHook.sleep(5),
      terminationGracePeriodSeconds: 60,
    });
    store.expose(CLIENT_PORT);
    store.allowTo(store, PEER_PORT);
    store.allowFrom(client, CLIENT_PORT);
    store.allowFrom(Peer.prometheus(), METRICS_PORT);
  }
}
