import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, Read, World } from "../../plan/world/index.js";
import { PLACEHOLDER, UNKNOWN } from "../../plan/world/index.js";
import type { RuleBody } from "../shapes.js";
import { onResource } from "../shapes.js";
import { ownedBy } from "./owned.js";
import { every, expectPresent, failWhole, notApplicable, pass, unknownWhole } from "../verdicts.js";

/** Wire token of an ECR repository. */
export const REPOSITORY = "aws:ecr/repository:Repository";

/** Wire token of the settings of a whole registry's scans. */
export const REGISTRY_SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

/** Wire token of what new repositories of a pull-through cache look like. */
export const CREATION_TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

const CACHE_RULE = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";

/** A private registry of ECR, in any partition; account and Region may be late values. */
const ECR_HOST = /^(?:\d{12}|\uFFFC)\.dkr[.-]ecr(?:-fips)?\.[^/]+\/(.+)$/;

/** Where an image comes from, as far as a plan tells. */
export type ImageSource =
  | { readonly kind: "repository"; readonly resource: PlannedResource }
  | { readonly kind: "cache"; readonly template: PlannedResource }
  /** In a private registry of ECR, in a repository that this plan does not make. */
  | { readonly kind: "unplanned"; readonly name: string }
  /** In some other registry. */
  | { readonly kind: "elsewhere" };

/**
 * The planned repository or cache of an image. A reference in the image tells; else its path does, since registry host and
 * repository name are how ECR itself finds a repository.
 */
export function imageSource(world: World, workload: PlannedResource, image: Cursor, repository: string): ImageSource {
  const [referred] = world.resolve(workload, image).filter((r) => r.type === REPOSITORY);
  if (referred !== undefined && !ECR_HOST.test(repository)) return { kind: "repository", resource: referred };
  const path = ECR_HOST.exec(repository)?.[1] ?? lateHostPath(repository);
  if (path === undefined) return { kind: "elsewhere" };
  const [named] = world.ofType(REPOSITORY).filter((r) => nameOf(world, r) === path);
  if (named !== undefined) return { kind: "repository", resource: named };
  const cached = world.ofType(CACHE_RULE).some((r) => {
    const prefix = world.inputsOf(r).at("ecrRepositoryPrefix").string();
    return typeof prefix === "string" && path.startsWith(`${prefix}/`);
  });
  const [template] = world.ofType(CREATION_TEMPLATE).filter((r) => {
    const prefix = world.inputsOf(r).at("prefix").string();
    return typeof prefix === "string" && (prefix === "ROOT" || path.startsWith(`${prefix}/`));
  });
  return cached && template !== undefined ? { kind: "cache", template } : { kind: "unplanned", name: path };
}

/** `vote` of `<registry host>/vote`, when the host as a whole is a late value. */
function lateHostPath(repository: string): string | undefined {
  return repository.startsWith(`${PLACEHOLDER}/`) ? repository.slice(2) : undefined;
}

function nameOf(world: World, repository: PlannedResource): Read<string | undefined> {
  return world.inputsOf(repository).at("name").string();
}

/** Whether images of a repository are scanned: by its own setting, or by the registry's for all of them. */
export function isScanned(world: World, repository: Cursor): Read<boolean> {
  if (world.ofType(REGISTRY_SCANNING).some((r) => scansEverything(world.inputsOf(r)))) return true;
  const own = repository.at("imageScanningConfiguration", "scanOnPush").boolean();
  return own === UNKNOWN ? UNKNOWN : own === true;
}

/** Whether the tags of a repository, or of those a template makes, never change what they mean. */
export function isImmutable(repository: Cursor): Read<boolean> {
  const mutability = repository.at("imageTagMutability").string();
  return mutability === UNKNOWN ? UNKNOWN : mutability === "IMMUTABLE";
}

/** Whether the images of a repository, or of those a template makes, are encrypted with a customer key. */
export function hasCustomerKey(repository: Cursor): Read<boolean> {
  const list = repository.at("encryptionConfigurations");
  const [first] = list.items();
  if (list.isUnknown) return UNKNOWN;
  if (first === undefined) return false;
  const type = first.at("encryptionType").string();
  return every([type === UNKNOWN ? UNKNOWN : (type ?? "").startsWith("KMS"), !first.at("kmsKey").isAbsent]);
}

/** Whether a scanning configuration of the registry covers all its repositories, on push or continuously. */
function scansEverything(inputs: Cursor): boolean {
  return inputs
    .at("rules")
    .items()
    .filter((rule) => ["SCAN_ON_PUSH", "CONTINUOUS_SCAN"].some((f) => rule.at("scanFrequency").string() === f))
    .flatMap((rule) => rule.at("repositoryFilters").items())
    .some((filter) => filter.at("filter").string() === "*");
}

/** A setting that repositories get from a resource of its own, and those of a cache from their template. */
export interface RepositorySetting {
  /** Wire token of the resource of its own. */
  readonly separate: string;
  /** The template's input. */
  readonly template: string;
  /** What follows from there being none, for the repository or template of this name. */
  readonly missing: (name: string) => string;
}

/** Judges that repositories, and what templates make, have a setting. */
export function onRepositorySetting({ separate, template, missing }: RepositorySetting): RuleBody {
  return onResource([REPOSITORY, CREATION_TEMPLATE, separate], ({ resource, inputs, world }) => {
    const undecided = `which settings '${resource.name}' gets is not known before the deployment`;
    if (resource.type === separate) return notApplicable("repositories are judged");
    if (resource.type === CREATION_TEMPLATE)
      return expectPresent(inputs.at(template), { message: missing(resource.name), undecided });
    const found = ownedBy(world, resource, { type: separate, input: "repository", name: nameOf(world, resource) });
    if (found === UNKNOWN) return unknownWhole(undecided);
    return found.length > 0 ? pass() : failWhole(missing(resource.name));
  });
}
