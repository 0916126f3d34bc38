import { Construct } from "constructs";
import {
  HardenedDeployment,
  HardenedNamespace,
  HardenedStatefulSet,
  IngressClass,
  RunAs,
  TlsIngress,
  Volume,
} from "../../constructs/index.js";
import type { AppContext } from "../../index.js";
import { CREDENTIALS_PATH, fetchCredentials } from "./credentials.js";
import type { Credentials, FetchedFile } from "./credentials.js";
import { imagesOf } from "./images.js";

/** Props of {@link VotingApp}. */
export interface VotingAppProps extends AppContext {
  /** Of the certificate in AWS Certificate Manager for both hosts. */
  readonly certificateArn: string;
  /** @default "vote.example.com" */
  readonly voteHost?: string;
  /** @default "result.example.com" */
  readonly resultHost?: string;
}

const DATABASE_PORT = 5432;
const CACHE_PORT = 6379;
const WEB_PORT = 8080;

/** User and group of `postgres` and `redis` in the official images. */
const DATA_STORE_USER = RunAs.uid(999);

/**
 * The voting app: people vote on one page, a worker takes the votes from Redis and counts them in PostgreSQL, another page
 * shows the result. Only the connections below exist. Passwords are made by AWS, fetched by the pods that may, and are
 * never in a manifest.
 */
export class VotingApp extends Construct {
  constructor(scope: Construct, id: string, props: VotingAppProps) {
    super(scope, id);
    const { contract, cloud } = props;
    const images = imagesOf(props);
    const namespace = new HardenedNamespace(this, "vote", {
      kubernetesVersion: contract.kubernetesVersion,
      approvedRegistries: [contract.registryHost],
    });

    const databasePassword = cloud.password("database");
    const cachePassword = cloud.password("cache");
    const fetch = (...files: readonly FetchedFile[]): Credentials =>
      fetchCredentials(images.awsCli, contract.region, files);
    const databaseFile = { file: "database", secret: databasePassword };
    const cacheFile = { file: "cache", secret: cachePassword };

    const databaseCredentials = fetch(databaseFile);
    const database = new HardenedStatefulSet(namespace, "database", {
      image: images.postgres,
      runAs: DATA_STORE_USER,
      ports: { postgres: DATABASE_PORT },
      env: {
        POSTGRES_DB: "votes",
        POSTGRES_USER: "votes",
        POSTGRES_PASSWORD_FILE: `${CREDENTIALS_PATH}/database`,
        PGDATA: "/var/lib/postgresql/data/votes",
      },
      initContainers: databaseCredentials.initContainers,
      mounts: {
        ...databaseCredentials.mounts,
        "/var/lib/postgresql/data": Volume.claim("data", {
          sizeGiB: 10,
          storageClassName: contract.storageClassName ?? "",
        }),
        "/var/run/postgresql": Volume.scratch("run"),
        "/tmp": Volume.scratch("tmp"),
      },
      resources: { memoryMiB: 512 },
    });

    // Redis takes its password from its configuration, so that is what is fetched.
    const cacheCredentials = fetch({
      file: "redis.conf",
      secret: cachePassword,
      format: 'requirepass %s\\nsave ""\\n',
    });
    const cache = new HardenedDeployment(namespace, "cache", {
      image: images.redis,
      replicas: 1,
      runAs: DATA_STORE_USER,
      ports: { redis: CACHE_PORT },
      command: ["redis-server", `${CREDENTIALS_PATH}/redis.conf`],
      ...cacheCredentials,
    });

    const toDatabase = {
      DATABASE_HOST: database.expose().host,
      DATABASE_PASSWORD_FILE: `${CREDENTIALS_PATH}/database`,
    };
    const toCache = { CACHE_HOST: cache.expose().host, CACHE_PASSWORD_FILE: `${CREDENTIALS_PATH}/cache` };
    const vote = new HardenedDeployment(namespace, "vote", {
      image: images.vote,
      ports: { http: WEB_PORT },
      env: toCache,
      ...fetch(cacheFile),
    });
    const result = new HardenedDeployment(namespace, "result", {
      image: images.result,
      ports: { http: WEB_PORT },
      env: toDatabase,
      ...fetch(databaseFile),
    });
    const worker = new HardenedDeployment(namespace, "worker", {
      image: images.worker,
      env: { ...toCache, ...toDatabase },
      ...fetch(cacheFile, databaseFile),
    });

    vote.allowTo(cache);
    worker.allowTo(cache);
    worker.allowTo(database);
    result.allowTo(database);
    cloud.allowRead(database, databasePassword);
    cloud.allowRead(cache, cachePassword);
    cloud.allowRead(vote, cachePassword);
    cloud.allowRead(result, databasePassword);
    cloud.allowRead(worker, cachePassword, databasePassword);

    new TlsIngress(namespace, "web", {
      ingressClass: IngressClass.alb({ contract, certificateArn: props.certificateArn }),
      routes: [
        { host: props.voteHost ?? "vote.example.com", backend: vote },
        { host: props.resultHost ?? "result.example.com", backend: result },
      ],
    });
  }
}
