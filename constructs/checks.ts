import type { IConstruct } from "constructs";
import { Arn } from "../core/arn.js";
import { Cidr } from "../core/cidr.js";
import { InputError, issue, renderIssue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { hasToken } from "../core/token.js";

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/;

/** Longest DNS label (RFC 1123), hence the longest name of most objects. */
export const MAX_LABEL_LENGTH = 63;

/**
 * Makes a construct report the issues of `check` when its app is synthesized, so that one run shows the problems of all
 * constructs at once.
 */
export function validateWith(construct: IConstruct, check: () => readonly Issue[]): void {
  construct.node.addValidation({ validate: () => check().map(renderIssue) });
}

/** The issues of a call that throws {@link InputError} on bad input; none when it returns. */
export function issuesOf(call: () => unknown): readonly Issue[] {
  try {
    call();
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
}

/** What must be plain: a name, a namespace or an address decides which objects there are, and exists before the deployment. */
export function checkPlain(path: string, text: string): readonly Issue[] {
  if (!hasToken(text)) return [];
  return [
    issue(
      "Unsupported",
      path,
      "must be known while the program is built",
      text,
      "Write a literal: names, namespaces and address blocks cannot come from a deployment",
    ),
  ];
}

/** Names of objects that become DNS labels: namespaces, services, workloads. */
export function checkName(path: string, name: string, maxLength = MAX_LABEL_LENGTH): readonly Issue[] {
  const late = checkPlain(path, name);
  if (late.length > 0) return late;
  if (DNS_LABEL.test(name) && name.length <= maxLength) return [];
  const rule = `must be a DNS label of at most ${maxLength} characters`;
  return [
    issue("Malformed", path, rule, name, "Use lower-case letters, digits and '-', with a letter or digit at both ends"),
  ];
}

/** Names of objects that may hold dots: Secrets, ConfigMaps, StorageClasses, RuntimeClasses. */
export function checkSubdomain(path: string, name: string): readonly Issue[] {
  const late = checkPlain(path, name);
  if (late.length > 0) return late;
  if (DNS_SUBDOMAIN.test(name) && name.length <= 253) return [];
  return [
    issue(
      "Malformed",
      path,
      "must be a DNS name",
      name,
      "Use lower-case letters, digits, '-' and '.', such as 'app.config'",
    ),
  ];
}

/** A host of an ingress; may hold tokens, and then the API server checks the rest. Wildcards are refused. */
export function checkHost(path: string, host: string): readonly Issue[] {
  if (hasToken(host) || (DNS_SUBDOMAIN.test(host) && host.length <= 253 && host.includes("."))) return [];
  return [
    issue("Malformed", path, "must be one full host name", host, "Write it like 'vote.example.com', without '*'"),
  ];
}

/** ARN of a key of KMS; a token is checked by AWS. */
export function checkKeyArn(path: string, arn: string): readonly Issue[] {
  if (hasToken(arn) || Arn.parts(arn)?.service === "kms") return [];
  const advice = "Take it from the key, or from contract.keyArns";
  return [issue("Malformed", path, "must be an ARN of a KMS key", arn, advice)];
}

/** An https URL; one with tokens is checked by whoever reads it. */
export function checkHttps(path: string, url: string): readonly Issue[] {
  if (hasToken(url) || /^https:\/\/[^\s/]+(\/\S*)?$/.test(url)) return [];
  return [issue("Malformed", path, "must be an https URL", url, "Write it like 'https://login.example.com/oauth2'")];
}

/** Names of container ports (`IANA_SVC_NAME`). */
export function checkPortName(path: string, name: string): readonly Issue[] {
  if (PORT_NAME.test(name)) return [];
  return [
    issue(
      "Malformed",
      path,
      "must be a port name",
      name,
      "Use at most 15 lower-case letters, digits and '-', with a letter",
    ),
  ];
}

/** A port number from `first` to 65535. */
export function checkPortNumber(path: string, port: number, first = 1): readonly Issue[] {
  if (Number.isInteger(port) && port >= first && port <= 65_535) return [];
  const advice =
    first > 1
      ? "A process without capabilities listens above 1023: use 8080, and expose it under the port that clients know"
      : "Give the number of one port";
  return [issue("OutOfRange", path, `must be a port from ${first} to 65535`, port, advice)];
}

/** A whole number of some unit, from `min` to `max`. */
export function checkWhole(path: string, value: number, min: number, max: number): readonly Issue[] {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return [];
  return [
    issue("OutOfRange", path, `must be a whole number from ${min} to ${max}`, value, "Give a number in that range"),
  ];
}

/** Absolute paths inside a container. */
export function checkMountPath(path: string, mountPath: string): readonly Issue[] {
  if (/^\/[^:]*[^:/]$/.test(mountPath) && !mountPath.split("/").includes("..")) return [];
  return [
    issue(
      "Malformed",
      path,
      "must be an absolute path below '/'",
      mountPath,
      "Write it like '/var/run/app', without '..' and ':'",
    ),
  ];
}

/**
 * An address block from text; a token in it gets the message of {@link checkPlain}.
 *
 * @throws InputError when the text is not a block.
 */
export function plainCidr(text: string, path: string): Cidr {
  const late = checkPlain(path, text);
  if (late.length > 0) throw new InputError("Peer", late);
  return Cidr.parse(text, path);
}
