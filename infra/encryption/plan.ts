import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountIdIssues, listIssues } from "../checks.js";
import { principalIssues } from "../identity/principal.js";
import type { Principal } from "../identity/principal.js";
import type { EncryptionKeysArgs } from "./encryption-keys.js";
import { KEY_PURPOSES } from "./key-policy.js";
import type { KeyPurpose } from "./key-policy.js";
import { aliasIssues, keySettingIssues } from "./key-settings.js";

/** The purposes in the order in which their keys are made. */
const PURPOSES = Object.keys(KEY_PURPOSES) as readonly KeyPurpose[];

/** The alias of a key: the one that was chosen, or one of the component's name. */
export function aliasOf(name: string, purpose: KeyPurpose, aliases: EncryptionKeysArgs["aliases"]): string {
  return aliases?.[purpose] ?? `alias/${name}-${purpose}`;
}

/** Checks everything that is known before the deployment. */
export function encryptionKeysIssues(name: string, args: EncryptionKeysArgs): Issue[] {
  return [
    ...administratorIssues("administrators", args.administrators),
    ...purposeIssues("users", args.users),
    ...userIssues(args.users),
    ...purposeIssues("aliases", args.aliases),
    ...aliasesIssues(name, args.aliases),
    ...listIssues("scalingAccounts", args.scalingAccounts ?? [], "account", accountIdIssues),
    ...keySettingIssues("", args),
  ];
}

/** Checks who administers keys: somebody, or only the account's own IAM could, whoever that lets. */
export function administratorIssues(path: string, administrators: readonly Principal[]): Issue[] {
  if (administrators.length > 0) return principalIssues(path, administrators);
  const advice = "Write Principal.role('<ARN of a role>')";
  return [issue("Required", path, "must name an administrator", administrators, advice)];
}

function purposeIssues(path: string, byPurpose: object | undefined): Issue[] {
  return Object.keys(byPurpose ?? {}).flatMap((purpose) => {
    if (Object.hasOwn(KEY_PURPOSES, purpose)) return [];
    const rule = "must be a purpose of a key";
    return [issue("NotFound", `${path}.${purpose}`, rule, purpose, `Choose from ${PURPOSES.join(", ")}`)];
  });
}

function userIssues(users: EncryptionKeysArgs["users"]): Issue[] {
  return PURPOSES.flatMap((purpose) => {
    const named = users?.[purpose];
    if (named === undefined) return [];
    const path = `users.${purpose}`;
    if (KEY_PURPOSES[purpose].viaServices.length === 0) {
      const rule = "must be left out: CloudWatch Logs alone uses this key, for whoever may read the logs";
      return [
        issue("NotAllowed", path, rule, named.map(({ key }) => key).join(", "), "Bound who reads by `logs:` rights"),
      ];
    }
    if (named.length > 0) return principalIssues(path, named);
    const advice = "Leave it out for all whom IAM of the account allows it";
    return [issue("Required", path, "must name who uses the key", named, advice)];
  });
}

function aliasesIssues(name: string, aliases: EncryptionKeysArgs["aliases"]): Issue[] {
  const all = PURPOSES.map((purpose) => aliasOf(name, purpose, aliases));
  return PURPOSES.flatMap((purpose, i) => {
    const alias = all[i] ?? "";
    const path = aliases?.[purpose] === undefined ? "name" : `aliases.${purpose}`;
    const issues = aliasIssues(path, alias);
    if (issues.length === 0 && all.indexOf(alias) !== i)
      issues.push(issue("Duplicate", path, "must differ from the aliases before it", alias, "Choose another"));
    return issues;
  }).filter((one, i, found) => one.path !== "name" || found.findIndex(({ path }) => path === "name") === i);
}
