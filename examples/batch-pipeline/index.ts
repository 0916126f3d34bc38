import { Construct } from "constructs";
import {
  HardenedCronJob,
  HardenedDeployment,
  HardenedJob,
  HardenedNamespace,
  HardenedStatefulSet,
  Peer,
  Volume,
  WorkloadPriority,
} from "../../constructs/index.js";
import type { ClusterContract } from "../../constructs/index.js";

/** Props of {@link BatchPipeline}. */
export interface BatchPipelineProps {
  readonly contract: ClusterContract;
  /** Addresses from which the partner's files are fetched, by HTTPS. */
  readonly partnerCidr: string;
  /** Digests of the images by name. */
  readonly digests: Readonly<Record<"fetch" | "transform" | "queue" | "report" | "migrate", string>>;
}

/**
 * A batch pipeline: every night a job fetches a partner's files into a queue, workers that follow the load transform them,
 * and a report is written in the morning. A run that hangs ends by itself, and batch work waits for what people wait for.
 */
export class BatchPipeline extends Construct {
  constructor(scope: Construct, id: string, { contract, partnerCidr, digests }: BatchPipelineProps) {
    super(scope, id);
    const image = (name: keyof typeof digests): string => `${contract.registryHost}/pipeline/${name}@${digests[name]}`;
    const priority = new WorkloadPriority(this, "batch", {
      value: -100,
      description: "Batch work, which waits for everything else",
    });
    const namespace = new HardenedNamespace(this, "pipeline", {
      kubernetesVersion: contract.kubernetesVersion,
      approvedRegistries: [contract.registryHost],
      quota: { cpuRequestCores: 16, cpuLimitCores: 32, memoryGiB: 32 },
      priorityQuotas: { [priority.name]: { pods: 40, memoryGiB: 24 } },
    });
    const scratch = (): Readonly<Record<string, Volume>> => ({ "/tmp": Volume.scratch("tmp", { sizeLimitMiB: 512 }) });
    const batch = { priorityClassName: priority.name, resources: { memoryMiB: 512, ephemeralStorageMiB: 1024 } };

    const queue = new HardenedStatefulSet(namespace, "queue", {
      image: image("queue"),
      ports: { amqp: 5672 },
      mounts: {
        "/var/lib/queue": Volume.claim("data", { sizeGiB: 20, storageClassName: contract.storageClassName ?? "" }),
      },
    });
    const queueHost = queue.expose().host;
    const migrate = new HardenedJob(namespace, "migrate", {
      image: image("migrate"),
      env: { QUEUE_HOST: queueHost },
      ...batch,
    });
    const fetch = new HardenedCronJob(namespace, "fetch", {
      image: image("fetch"),
      schedule: "30 1 * * *",
      activeDeadlineSeconds: 7200,
      env: { QUEUE_HOST: queueHost },
      mounts: scratch(),
      ...batch,
    });
    const transform = new HardenedDeployment(namespace, "transform", {
      image: image("transform"),
      autoscaling: { minReplicas: 2, maxReplicas: 12, cpuUtilizationPercent: 80 },
      env: { QUEUE_HOST: queueHost },
      mounts: scratch(),
      terminationGracePeriodSeconds: 120,
      ...batch,
    });
    const report = new HardenedCronJob(namespace, "report", {
      image: image("report"),
      schedule: "0 6 * * mon-fri",
      timeZone: "Europe/Berlin",
      env: { QUEUE_HOST: queueHost },
      mounts: scratch(),
      ...batch,
    });

    for (const client of [migrate, fetch, transform, report]) client.allowTo(queue);
    fetch.allowTo(Peer.cidr(partnerCidr, 443));
    report.usePodIdentity(contract);
  }
}
