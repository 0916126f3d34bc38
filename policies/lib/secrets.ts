import { Ref } from "../../plan/model/index.js";
import type { Cursor, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";

/** Names of what only its owner may know: `DB_PASSWORD`, `apiKey`, `AUTH_TOKEN`. */
const SECRET_NAME = new RegExp(
  [
    // These end a name even where nothing sets them off: `PGPASSWORD`.
    /(?:passw(?:or)?ds?|passphrase)(?:[^a-z]|$)/,
    /(?:^|[^a-z])(?:passwd|pwd|secrets?|token|credentials?|creds)(?:[^a-z]|$)/,
    /(?:^|[^a-z])(?:api|access|private|signing|encryption|auth)_?key(?:[^a-z]|$)/,
  ]
    .map(({ source }) => source)
    .join("|"),
);

/** Endings that say where or how, not what: `POSTGRES_PASSWORD_FILE`, `SECRET_ARN`, `TOKEN_TTL_SECONDS`. */
const ABOUT_SECRET =
  /(^|_)(file|path|dir|name|arn|id|ids|url|uri|host|port|region|endpoint|enabled|required|policy|ttl|expiry|expires|expiration|seconds|minutes|hours|days|length|min|max|version|type|format|algorithm|method|provider|store|manager|issuer|audience|header|prefix|suffix|count|rotation|ref|key_ref|secret_name)$/;

/** Content that is a credential whatever it is called. */
const CREDENTIALS: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}/,
  /\bgithub_pat_[A-Za-z0-9_]{22,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bsk_live_[A-Za-z0-9]{16,}/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /\bpul-[0-9a-f]{40}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/,
  /[a-z][a-z0-9+.-]*:\/\/[^\s/:@$]*:[^\s/:@${}<>]+@[^\s/]/i,
];

/** What each of {@link CREDENTIALS} holds, in one pass: most texts hold none of it. */
const MAY_BE_CREDENTIAL =
  /-----BEGIN |AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_|AIza|pul-|eyJ|:\/\/[^\s/]*@/;

/** What each name of {@link SECRET_NAME} holds. */
const MAY_BE_SECRET_NAME = /passw|passphrase|pwd|secret|token|cred|key/i;

/** Values that are a name for a secret, a place to find it, or nothing. */
const HARMLESS_VALUE =
  /^(|true|false|yes|no|none|null|\/.*|\$\(.*\)|\$\{.*\}|(aws|gcp|azure)?-?(secretsmanager|ssm|vault):.*|arn:.*)$/i;

/** Whether a name says that its value is a secret. Words are told apart by `_`, `-`, `.` and by capitals. */
export function isSecretName(name: string): boolean {
  if (!MAY_BE_SECRET_NAME.test(name)) return false;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[-. /]+/g, "_")
    .toLowerCase();
  return SECRET_NAME.test(words) && !ABOUT_SECRET.test(words);
}

/** Whether a text holds a credential by its form: a private key, an access key, a URL with a password. */
export function holdsCredential(text: string): boolean {
  return MAY_BE_CREDENTIAL.test(text) && CREDENTIALS.some((pattern) => pattern.test(text));
}

/**
 * Whether a value that is written down under a name is a secret in the clear. A Pulumi secret is one by declaration; a
 * reference counts by the name of its output, and as the `result` of a random password.
 */
export function isPlaintextSecret(name: string, at: Cursor): Read<boolean> {
  if (at.isAbsent) return false;
  if (at.secret) return true;
  const named = isSecretName(name);
  if (at.value instanceof Ref) return named || isSecretName(at.value.output) || /:RandomPassword::/.test(at.value.urn);
  const text = at.text();
  if (text === UNKNOWN) return named || UNKNOWN;
  if (text === undefined) return false;
  return holdsCredential(text) || (named && !HARMLESS_VALUE.test(text.trim()));
}

/**
 * Whether a text of several lines (a properties or YAML file) sets something named like a secret to a value in the
 * clear.
 */
export function linesHoldSecret(text: string): boolean {
  if (!MAY_BE_SECRET_NAME.test(text)) return false;
  return text.split("\n").some((line) => {
    if (!MAY_BE_SECRET_NAME.test(line)) return false;
    const [, name = "", value = ""] =
      /^\s*(?:export\s+|-\s+)?["']?([A-Za-z][\w.-]*)["']?\s*[:=]\s*["']?(.*?)["',]*\s*$/.exec(line) ?? [];
    return name !== "" && isSecretName(name) && !HARMLESS_VALUE.test(value);
  });
}
