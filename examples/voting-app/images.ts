import type { AppContext } from "../../index.js";

/**
 * Digests of the images, `docker buildx imagetools inspect` prints them. These are placeholders of the right form: build
 * and push your own vote, result and worker, pull the others once through the mirror, and write down what you got.
 */
const DIGESTS = {
  vote: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa01",
  result: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa02",
  worker: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa03",
  postgres: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa04",
  redis: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa05",
  awsCli: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa06",
} as const;

/** Where the cluster mirrors public.ecr.aws. */
const MIRROR = "ecr-public";

/** Every image of the application, pinned: our own from its repositories, the others through the mirror. */
export function imagesOf({ contract, cloud }: AppContext): Readonly<Record<keyof typeof DIGESTS, string>> {
  const own = (name: "vote" | "result" | "worker") => `${cloud.repository(`voting-app/${name}`)}@${DIGESTS[name]}`;
  const mirror = `${contract.registryHost}/${MIRROR}`;
  return {
    vote: own("vote"),
    result: own("result"),
    worker: own("worker"),
    postgres: `${mirror}/docker/library/postgres@${DIGESTS.postgres}`,
    redis: `${mirror}/docker/library/redis@${DIGESTS.redis}`,
    awsCli: `${mirror}/aws-cli/aws-cli@${DIGESTS.awsCli}`,
  };
}
