import { Volume } from "../../constructs/index.js";
import type { NamedContainerProps, ReadOnlyMount } from "../../constructs/index.js";
import type { CloudSecret } from "../../index.js";

/** Where the containers of a pod find its credentials. */
export const CREDENTIALS_PATH = "/run/credentials";

/** What a pod needs to have credentials as files: in memory, fetched before it starts, read-only for the application. */
export interface Credentials {
  readonly initContainers: readonly [NamedContainerProps];
  readonly mounts: Readonly<Record<string, ReadOnlyMount>>;
}

/** One secret in one file. */
export interface FetchedFile {
  readonly file: string;
  readonly secret: CloudSecret;
  /** How `printf` writes the value. @default "%s" */
  readonly format?: string;
}

/**
 * Fetches secrets into files, under the role of the pod's service account.
 *
 * @param region Plain or a token.
 */
export function fetchCredentials(image: string, region: string, files: readonly FetchedFile[]): Credentials {
  const volume = Volume.memory("credentials");
  const variable = ({ name }: CloudSecret) => `${name.toUpperCase()}_SECRET_ARN`;
  const read = (secret: CloudSecret) =>
    `aws secretsmanager get-secret-value --secret-id "$${variable(secret)}" --query SecretString --output text`;
  const script = files.map(
    ({ file, secret, format }) =>
      `value=$(${read(secret)}); printf '${format ?? "%s"}' "$value" > ${CREDENTIALS_PATH}/${file}`,
  );
  return {
    initContainers: [
      {
        name: "credentials",
        image,
        command: ["/bin/sh", "-euc", ["umask 027", ...script].join("\n")],
        env: {
          AWS_REGION: region,
          HOME: "/tmp",
          ...Object.fromEntries(files.map(({ secret }) => [variable(secret), secret.arn])),
        },
        mounts: { [CREDENTIALS_PATH]: volume, "/tmp": Volume.scratch("credentials-tmp") },
      },
    ],
    mounts: { [CREDENTIALS_PATH]: volume.readOnly() },
  };
}
