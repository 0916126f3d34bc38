import { Ref } from "../../plan/model/index.js";
import type { Cursor, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";

/** Names of what only its owner may know: `DB_PASSWORD`, `apiKey`, `AUTH_TOKEN`. */
const SECRET_NAME = new RegExp(
  [
    // These end a name even where nothing sets them off: `PGPASSWORD`.
    /(?:passw(?:or)?ds?|passphrase)(?:[^a-z]|$)/,
    /(?:^|[^a-z])(?:passwd|pwd|pw|secrets?|token|credentials?|creds)(?:[^a-z]|$)/,
    // `DB_PASS` and `PGPASS`, not `proxy_pass`.
    /(?:^|(?<!proxy|by)[^a-z]|pg|db|sql|user|root|admin|redis|smtp)pass$/,
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
  /\b[rs]k_live_[A-Za-z0-9]{16,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bhvs\.[A-Za-z0-9_-]{24,}/,
  /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b/,
  /\bsk-ant-[A-Za-z0-9_-]{20,}/,
  /\bhooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+/,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]+/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /\bpul-[0-9a-f]{40}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/,
  /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@$]*:[^\s/:@${}<>]+@[^\s/]/i,
];

/** What each of {@link CREDENTIALS} holds, in one pass: most texts hold none of it. */
const MAY_BE_CREDENTIAL =
  /-----BEGIN |AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|[rs]k_live_|npm_|hvs\.|SG\.|sk-ant-|hooks\.slack|webhooks\/|AIza|pul-|eyJ|:\/\/[^\s/]*@/;

/** What each name of {@link SECRET_NAME} holds. */
const MAY_BE_SECRET_NAME = /pass|pwd?|secret|token|cred|key/i;

/** Values that are a name for a secret, a place to find it, or nothing. */
const HARMLESS_VALUE =
  /^(|true|false|yes|no|none|null|\/.*|\$\(.*\)|\$\{.*\}|(aws|gcp|azure)?-?(secretsmanager|ssm|vault):.*|arn:.*)$/i;

/**
 * Names of options and of settings inside a value, whose value is the secret itself: `--password`, `Pwd`, `db.password`. They
 * end with it, and `--tls-secret` names an object, as most options that end with `secret` do.
 */
const SECRET_SETTING =
  /(?:passw(?:or)?d|passphrase|(?:^|_)(?:passwd|pwd|token|(?:api|access|account|secret|auth|encryption|signing)_?key|(?:app|client|consumer|cookie|hmac|jwt|shared)_?secret))$/;

/** What each name of {@link SECRET_SETTING} ends with, and what follows it. */
const MAY_BE_SETTING = /(?:password|passwd|passphrase|pwd|token|key|secret)["']?[\s=:]/i;

/** `Pwd=x;`, `-Ddb.password=x`, `?access_token=x`, `"password":"x"`. Lengths are bounded, so that time grows with the text alone. */
const ASSIGNED =
  /(?:^|[\s;,&?"'])(?:-D|--?)?([A-Za-z][\w.-]{0,60})(?:["']?\s{0,3}=(?!\s{1,3}-)|["']\s{0,3}:)\s{0,3}["']?([^\s;,&"']{1,200})/g;

/** `--token x`. */
const OPTION = /(?:^|[\s;,&"'])--?([A-Za-z][\w.-]{0,60})\s{1,3}["']?([^-\s;,&"'][^\s;,&"']{0,199})/g;

/** Values that are put in later, or stand for one: `$TOKEN`, `{{ token }}`, `%s`, `<token>`, `****`. */
const PLACEHOLDER = /^(?:\$[\w({]|[{<%*])/;

/** Whether a name says that its value is a secret. Words are told apart by `_`, `-`, `.` and by capitals. */
export function isSecretName(name: string): boolean {
  if (!MAY_BE_SECRET_NAME.test(name)) return false;
  const words = wordsOf(name);
  return SECRET_NAME.test(words) && !ABOUT_SECRET.test(words);
}

/** A name in small letters, its words apart by `_`. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[-. /]+/g, "_")
    .toLowerCase();
}

/** Whether an option or a setting of this name has a secret as its value: `--password`, `Pwd`, `db.password`. */
export function isSecretSetting(name: string): boolean {
  return SECRET_SETTING.test(wordsOf(name));
}

/** Whether a text sets something to a secret: connection strings, options of a command, queries of an address. */
export function holdsSecretSetting(text: string): boolean {
  if (!MAY_BE_SETTING.test(text)) return false;
  return text.split("\n").some((line) => {
    if (/^\s*(?:#|\/\/)/.test(line) || !MAY_BE_SETTING.test(line)) return false;
    return [ASSIGNED, OPTION].some((form) =>
      Array.from(line.matchAll(form)).some(
        ([, name = "", value = ""]) => isSecretSetting(name) && isSecretValue(value),
      ),
    );
  });
}

/** Whether a text that stands where a secret belongs is one, and not a place to find it or a name for it. */
function isSecretValue(text: string): boolean {
  return !HARMLESS_VALUE.test(text) && !PLACEHOLDER.test(text);
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
  return holdsCredential(text) || holdsSecretSetting(text) || (named && !HARMLESS_VALUE.test(text.trim()));
}

/**
 * The words of a command line that are, or hold, a secret in the clear: by their form, as `--password=x`, or behind `--password`. A
 * word that nobody knows yet counts only behind such an option.
 */
export function secretWords(words: readonly Cursor[]): readonly Cursor[] {
  return words.filter((word, i) => {
    const before = words[i - 1]?.text();
    const [, option = ""] = typeof before === "string" ? (/^--?([A-Za-z][\w.-]*)$/.exec(before) ?? []) : [];
    const text = word.text();
    const isValue = typeof text !== "string" || (!text.startsWith("-") && isSecretValue(text));
    return isPlaintextSecret(option !== "" && isSecretSetting(option) && isValue ? option : "", word) === true;
  });
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
