import { Ref } from "../../plan/model/index.js";
import type { Cursor, Read } from "../../plan/world/index.js";
import { PLACEHOLDER, UNKNOWN } from "../../plan/world/index.js";

/** The parts of an image reference; late values within are the placeholder. */
export interface ImageParts {
  /** Registry and repository: `docker.io/library/redis` as written, so perhaps only `redis`. */
  readonly repository: string;
  /** {@link UNKNOWN} when a late value may hold it; `undefined` when there is none. */
  readonly tag: Read<string | undefined>;
  readonly digest: Read<string | undefined>;
}

const DIGEST = /^[a-z0-9+._-]+:[0-9a-f]{32,}$/;

/** Outputs of build resources that name an image by its digest: of the Docker, docker-build and awsx packages. */
const DIGEST_OUTPUTS = new Set(["repoDigest", "ref", "imageUri"]);

/** Reads an image reference by the grammar of the distribution project; `undefined` when none is given. */
export function imageParts(image: Cursor): Read<ImageParts | undefined> {
  if (image.value instanceof Ref && DIGEST_OUTPUTS.has(image.value.output))
    return { repository: PLACEHOLDER, tag: undefined, digest: PLACEHOLDER };
  const text = image.text();
  if (text === UNKNOWN) return UNKNOWN;
  if (text === undefined || text === "") return undefined;
  const [before = "", ...afterAt] = text.split("@");
  const digest = afterAt.join("@");
  // Something that ends in a late value may end in a tag and a digest.
  const late = before.endsWith(PLACEHOLDER) && afterAt.length === 0;
  const slash = before.lastIndexOf("/");
  const colon = before.indexOf(":", slash + 1);
  const tag = colon < 0 ? undefined : before.slice(colon + 1);
  return {
    repository: colon < 0 ? before : before.slice(0, colon),
    tag: late || (tag?.includes(PLACEHOLDER) ?? false) ? UNKNOWN : tag,
    digest: late ? UNKNOWN : digestOf(digest),
  };
}

/** What stands behind the `@` is a digest, when it is known and when it is a late value. */
function digestOf(text: string): string | undefined {
  return DIGEST.test(text) || text.includes(PLACEHOLDER) ? text : undefined;
}

/**
 * A repository with its registry and project written out, as the distribution grammar reads them: `nginx` is
 * `docker.io/library/nginx`, `bitnami/redis` is `docker.io/bitnami/redis`.
 */
export function fullRepository(repository: string): string {
  const [first = "", ...rest] = repository.split("/");
  if (rest.length === 0) return `docker.io/library/${first}`;
  if (first === "index.docker.io") return `docker.io/${rest.length === 1 ? "library/" : ""}${rest.join("/")}`;
  const isHost = first.includes(".") || first.includes(":") || first.includes(PLACEHOLDER) || first === "localhost";
  if (!isHost) return `docker.io/${repository}`;
  return first === "docker.io" && rest.length === 1 ? `docker.io/library/${rest.join("/")}` : repository;
}
