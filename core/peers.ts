import { UserError } from "./issue.js";

/**
 * The packages that an entry of Ringfence needs beside Ringfence itself. They are optional peers: nobody installs Pulumi
 * to write cdk8s charts, and a program has one copy of each.
 */
export const PEERS = {
  ringfence: ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/kubernetes", "cdk8s", "constructs"],
  "ringfence/infra": ["@pulumi/pulumi", "@pulumi/aws"],
  "ringfence/constructs": ["cdk8s", "constructs"],
  "ringfence/policies/pack": ["@pulumi/pulumi", "@pulumi/policy"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** An entry that needs peers. */
export type PeeredEntry = keyof typeof PEERS;

/** The whole line that installs what an entry needs: `npm install ringfence cdk8s constructs`. */
export function installLine(entry: PeeredEntry): string {
  return ["npm install ringfence", ...PEERS[entry]].join(" ");
}

/**
 * Loads the peers of an entry before its own modules do, so that a missing one is said in words.
 *
 * @param load Requires the peers by literal name, which bundlers can follow.
 * @throws UserError with the install line when a peer is missing; any other error as it is.
 */
export function loadPeers(entry: PeeredEntry, load: () => void): void {
  try {
    load();
  } catch (error) {
    const missing = PEERS[entry].find((peer) => isMissing(peer, error));
    if (missing === undefined) throw error;
    throw new UserError(`'${entry}' needs the package ${missing}, which is not installed. Run: ${installLine(entry)}`);
  }
}

/** Whether Node (or jest) did not find this package, rather than something that the package itself misses. */
function isMissing(peer: string, error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "MODULE_NOT_FOUND") return false;
  return error.message.includes(`'${peer}'`) || error.message.includes(`'${peer}/`);
}
