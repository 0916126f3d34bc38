import { Arn } from "../core/arn.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { splitAtTokens } from "../core/token.js";
import type { EnvVarManifest } from "./manifest.js";

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SECRET_WORD = /(passw(or)?d|passphrase|secret|token|credential|api_?key|access_?key|private_?key|auth_?key)/i;

/** Names that speak of a secret and hold where or which it is, not the secret itself. */
const POINTER_SUFFIX =
  /_(file|path|dir|arn|name|id|uri|url|endpoint|host|port|region|version|stage|ttl|seconds|minutes|expiry|length|type|issuer|audience)$/i;

const CREDENTIALS: readonly (readonly [form: RegExp, what: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, "an AWS access key"],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}\b/, "a GitHub token"],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/, "a JSON Web Token"],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i, "a URL with a password"],
];

/** Fields of a pod that the downward API gives to a variable (`fieldRef.fieldPath`). */
export type PodField =
  | "metadata.name"
  | "metadata.namespace"
  | "metadata.uid"
  | "spec.nodeName"
  | "spec.serviceAccountName"
  | "status.hostIP"
  | "status.podIP";

/**
 * The value of an environment variable: text, which may hold tokens, or a field of the pod. Secrets are neither: every
 * process of the container, its crash dumps and whoever may read the pod sees the environment. Mount them as files.
 */
export type EnvValue = string | { readonly podField: PodField };

/** The variables in the order given. */
export function envOf(env: Readonly<Record<string, EnvValue>>): readonly EnvVarManifest[] {
  return Object.entries(env).map(([name, value]) =>
    typeof value === "string" ? { name, value } : { name, valueFrom: { fieldRef: { fieldPath: value.podField } } },
  );
}

/** The issues of an environment. Values that look like credentials are never repeated in a message. */
export function checkEnv(path: string, env: Readonly<Record<string, EnvValue>>): readonly Issue[] {
  return Object.entries(env).flatMap(([name, value]) => checkVariable(`${path}.${name}`, name, value));
}

/** The issues of text that lands in a manifest readable by many: credentials in it. */
export function checkNoCredential(path: string, text: string): readonly Issue[] {
  const found = CREDENTIALS.find(([form]) => form.test(text));
  if (found === undefined) return [];
  return [
    {
      code: "NotAllowed",
      path,
      rule: `must not hold ${found[1]}`,
      advice: "Keep it in a secret store and mount it as a file: Volume.secret, or an init container that fetches it",
    },
  ];
}

function checkVariable(path: string, name: string, value: EnvValue): readonly Issue[] {
  if (!VARIABLE.test(name))
    return [
      issue("Malformed", path, "must be the name of a variable", name, "Use letters, digits and '_', no digit first"),
    ];
  if (typeof value !== "string" || value === "") return [];
  const credential = checkNoCredential(path, value);
  if (credential.length > 0) return credential;
  if (!SECRET_WORD.test(name) || POINTER_SUFFIX.test(name) || isPointer(value)) return [];
  return [
    {
      code: "NotAllowed",
      path,
      rule: "must not hold a secret",
      advice:
        "Mount the secret as a file and name the file in a variable that ends in '_FILE'; when the value is no secret, choose another name",
    },
  ];
}

/** Values that only say where the secret is: an ARN, a path, a switch. */
function isPointer(value: string): boolean {
  const plain = splitAtTokens(value)
    .map((part) => ("token" in part ? "000000000000" : part.text))
    .join("");
  return Arn.parts(plain) !== undefined || plain.startsWith("/") || plain === "true" || plain === "false";
}
