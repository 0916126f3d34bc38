import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { arnIssues } from "../checks.js";
import type { ArnKind } from "../checks.js";
import { BUILT_INTO_AUTO_MODE, CHOSEN_ADDONS } from "./addon-choices.js";
import type { AddonChoices } from "./addon-choices.js";
import type { AddonOptions } from "./addon.js";

/** Checks what was chosen: nothing that Auto Mode has, nothing unknown, ARNs of the right kind. */
export function chosenAddonIssues(choices: AddonChoices, coreDns: AddonOptions | undefined, isAuto: boolean): Issue[] {
  const { efsCsi, certManager, externalDns } = choices;
  return [
    ...Object.keys(choices).flatMap(unknownIssues),
    ...(isAuto ? builtInIssues(choices, coreDns) : []),
    ...someIssues("addons.efsCsi.fileSystemArns", efsCsi?.fileSystemArns),
    ...arnListIssues("addons.efsCsi.fileSystemArns", efsCsi?.fileSystemArns, FILE_SYSTEM),
    ...arnListIssues("addons.certManager.hostedZoneArns", certManager?.hostedZoneArns, HOSTED_ZONE),
    ...someIssues("addons.externalDns.hostedZoneArns", externalDns?.hostedZoneArns),
    ...arnListIssues("addons.externalDns.hostedZoneArns", externalDns?.hostedZoneArns, HOSTED_ZONE),
    ...(externalDns?.domains ?? []).flatMap((domain, i) => domainIssues(`addons.externalDns.domains[${i}]`, domain)),
  ];
}

const FILE_SYSTEM: ArnKind = {
  what: "a file system",
  service: "elasticfilesystem",
  resource: /^file-system\/[^*?]*$/,
  example: "arn:<partition>:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0",
};

const HOSTED_ZONE: ArnKind = {
  what: "a zone",
  service: "route53",
  resource: /^hostedzone\/[^*?]*$/,
  example: "arn:<partition>:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
};

function unknownIssues(key: string): Issue[] {
  if (Object.hasOwn(CHOSEN_ADDONS, key)) return [];
  const advice = `Choose among ${Object.keys(CHOSEN_ADDONS).join(", ")}`;
  return [issue("NotFound", `addons.${key}`, "must be an add-on that Ringfence knows", key, advice)];
}

function builtInIssues(choices: AddonChoices, coreDns: AddonOptions | undefined): Issue[] {
  const rule = "must be left out with Auto Mode, which has it built in";
  const paths = BUILT_INTO_AUTO_MODE.filter((key) => choices[key] !== undefined).map((key) => `addons.${key}`);
  if (coreDns !== undefined) paths.push("coreDns");
  return paths.map((path) => issue("Conflict", path, rule, "settings", "Leave it out"));
}

function someIssues(path: string, given: readonly unknown[] | undefined): Issue[] {
  if (given?.length !== 0) return [];
  return [issue("Required", path, "must name one", given, "The add-on can do nothing without")];
}

function arnListIssues(path: string, arns: readonly pulumi.Input<string>[] | undefined, kind: ArnKind): Issue[] {
  return (arns ?? []).flatMap((arn, i) => arnIssues(`${path}[${i}]`, arn, kind));
}

function domainIssues(path: string, domain: string): Issue[] {
  if (/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/.test(domain)) return [];
  return [issue("Malformed", path, "must be a domain", domain, "Write it like 'example.com'")];
}
