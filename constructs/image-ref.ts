import { InputError, issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import { splitAtTokens } from "../core/token.js";

// The grammar of https://github.com/distribution/reference/blob/main/reference.go, anchored.
const DOMAIN_COMPONENT = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = `(?:${DOMAIN_COMPONENT}(?:\\.${DOMAIN_COMPONENT})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const PATH_COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const REFERENCE = new RegExp(
  `^(?<name>(?:(?<domain>${DOMAIN})/)?${PATH_COMPONENT}(?:/${PATH_COMPONENT})*)(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>.+))?$`,
);
const REGISTRY = new RegExp(`^${DOMAIN}(?:/${PATH_COMPONENT})*$`);
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Stands for a token while the grammar is checked: a fragment that fits a host as well as a path. */
const STAND_IN = "t.t";
const MAX_NAME_LENGTH = 255;
const FORM = "Write it like 'registry.example.com/team/app@sha256:<64 hexadecimal digits>'";

/**
 * A container image reference, pinned by its digest: the digest is the content, while a tag can be moved to other content.
 *
 * Host, path and digest may be tokens of values that are known only at deployment, each as a whole or in part.
 */
export class ImageRef {
  /**
   * Reads a reference that is pinned by digest.
   *
   * @param path Where the text stands, for the message.
   * @throws InputError when the text is not an image reference, or has no digest.
   */
  static parse(text: string, path = "image"): ImageRef {
    const issues = checkImage(path, text, { digestRequired: true });
    if (issues.length > 0) throw new InputError("ImageRef", issues);
    return new ImageRef(text, undefined);
  }

  /**
   * An image without a digest. What runs may change with every pull, so it is pulled at every start.
   *
   * @throws InputError when the text is not an image reference, or the reason is missing.
   */
  static unpinned(text: string, why: Reason): ImageRef {
    const issues = checkImage("image", text, { digestRequired: false });
    if (issues.length > 0) throw new InputError("ImageRef", issues);
    return new ImageRef(text, relaxation("ImageRef.unpinned", why));
  }

  private constructor(
    /** The reference as written. */
    readonly text: string,
    /** Why there is no digest; absent on a pinned image. */
    readonly relaxation: Relaxation | undefined,
  ) {}

  /** Host of the registry as written, `docker.io` where the reference names none. */
  get registry(): string {
    return registryOf(this.text);
  }

  /** The reference as written. */
  toString(): string {
    return this.text;
  }
}

/** The issues of an image reference as text. */
export function checkImage(
  path: string,
  text: string,
  { digestRequired }: { readonly digestRequired: boolean },
): readonly Issue[] {
  const { name, domain, digest } = REFERENCE.exec(withoutTokens(text))?.groups ?? {};
  if (name === undefined || name.length > MAX_NAME_LENGTH || (domain === undefined && isHexId(name)))
    return [issue("Malformed", path, "must be an image reference", text, FORM)];
  if (digest === undefined)
    return digestRequired
      ? [
          issue(
            "Required",
            path,
            "must be pinned by a digest",
            text,
            `${FORM}, or give a reason with ImageRef.unpinned`,
          ),
        ]
      : [];
  if (digest === STAND_IN || DIGEST.test(digest)) return [];
  return [issue("Malformed", path, "must have a digest of sha256 or sha512", text, FORM)];
}

/** An image outside every approved registry. A registry is a host, or a host and the beginning of a path. */
export function checkRegistry(path: string, text: string, approved: readonly string[] | undefined): readonly Issue[] {
  if (approved === undefined || approved.some((registry) => qualified(text).startsWith(`${registry}/`))) return [];
  const rule = `must come from an approved registry (${approved.join(", ")})`;
  return [
    issue("NotAllowed", path, rule, text, "Copy the image to one of them, or approve its registry on the namespace"),
  ];
}

/** The issues of the name of a registry: a host, or a host and the beginning of a path, without a slash at the end. */
export function checkRegistryName(path: string, registry: string): readonly Issue[] {
  if (REGISTRY.test(withoutTokens(registry))) return [];
  const advice = "Write it like '111122223333.dkr.ecr.eu-west-1.amazonaws.com' or 'ghcr.io/team'";
  return [issue("Malformed", path, "must be the host of a registry", registry, advice)];
}

function registryOf(text: string): string {
  const [first = ""] = text.split("/");
  return isDomain(text, first) ? first : "docker.io";
}

/** The reference with its registry written out, as container runtimes read it. */
function qualified(text: string): string {
  const [first = ""] = text.split("/");
  return isDomain(text, first) ? text : `docker.io/${text}`;
}

/** As the reference implementation decides: the first part is a host when it cannot be a part of a path on Docker Hub. */
function isDomain(text: string, first: string): boolean {
  if (!text.includes("/")) return false;
  const plain = withoutTokens(first);
  return /[.:A-Z]/.test(plain) || plain === "localhost";
}

function isHexId(name: string): boolean {
  return /^[a-f0-9]{64}$/.test(name);
}

function withoutTokens(text: string): string {
  return splitAtTokens(text)
    .map((part) => ("token" in part ? STAND_IN : part.text))
    .join("");
}
