import type { Cursor, KubernetesObject, Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { every, negate, some } from "../verdicts.js";
import { fullRepository } from "./images.js";
import { namespaceOf } from "./namespaces.js";
import { matchesWildcard } from "./wildcards.js";

/** Kinds by which an admission controller refuses images without a signature. */
export const SIGNATURE_POLICY_TYPES = [
  "kubernetes:kyverno.io/v1:ClusterPolicy",
  "kubernetes:kyverno.io/v1:Policy",
  "kubernetes:policies.kyverno.io/v1:ImageValidatingPolicy",
  "kubernetes:policy.sigstore.dev/v1beta1:ClusterImagePolicy",
] as const;

/** What one policy says of an image in an object's namespace. */
type Covers = (repository: string, of: KubernetesObject) => Read<boolean>;

const cache = new WeakMap<World, Map<string, readonly Covers[]>>();

/**
 * Whether a planned policy of the cluster refuses an image without a signature: a Kyverno rule `verifyImages` that enforces,
 * an ImageValidatingPolicy that denies, or a ClusterImagePolicy of the sigstore policy controller in a namespace that takes
 * part. Where a policy selects objects by more than their images, nobody can tell from here.
 */
export function isSignatureChecked(world: World, repository: string, of: KubernetesObject): Read<boolean> {
  let known = cache.get(world);
  if (known === undefined) cache.set(world, (known = new Map<string, readonly Covers[]>()));
  let policies = known.get(of.cluster);
  if (policies === undefined) known.set(of.cluster, (policies = policiesOf(world, of.cluster)));
  const full = fullRepository(repository);
  return some(policies.map((covers) => covers(full, of)));
}

function policiesOf(world: World, cluster: string): readonly Covers[] {
  const kyverno = ["ClusterPolicy", "Policy"].flatMap((kind) => world.find({ group: "kyverno.io", kind, cluster }));
  const validating = world.find({ group: "policies.kyverno.io", kind: "ImageValidatingPolicy", cluster });
  const sigstore = world.find({ group: "policy.sigstore.dev", kind: "ClusterImagePolicy", cluster });
  return [
    ...kyverno.flatMap(kyvernoRules),
    ...validating.map(imageValidatingPolicy),
    ...sigstore.map((policy) => clusterImagePolicy(world, policy)),
  ];
}

function kyvernoRules(policy: KubernetesObject): readonly Covers[] {
  const spec = policy.root.at("spec");
  return spec
    .at("rules")
    .items()
    .flatMap((rule) =>
      rule
        .at("verifyImages")
        .items()
        .map((verify) => ({ rule, verify })),
    )
    .map(({ rule, verify }) => (repository, of) => {
      if (policy.kind === "Policy" && policy.namespace !== of.namespace) return false;
      const own = verify.at("failureAction");
      const action = (own.isAbsent ? spec.at("validationFailureAction") : own).string();
      const enforces = action === UNKNOWN ? UNKNOWN : (action ?? "").toLowerCase() === "enforce";
      const required = verify.at("required").boolean();
      return every([
        enforces,
        required === UNKNOWN ? UNKNOWN : required !== false,
        namesImage(verify.at("imageReferences"), repository, matchesWildcard),
        negate(namesImage(verify.at("skipImageReferences"), repository, matchesWildcard)),
        selectsAllPods(rule) ? true : UNKNOWN,
      ]);
    });
}

/** Whether a Kyverno rule is about pods of every namespace: it names kinds alone, and excludes nothing. */
function selectsAllPods(rule: Cursor): boolean {
  const match = rule.at("match");
  const filters = [match, ...match.at("any").items(), ...match.at("all").items()].map((one) => one.at("resources"));
  return (
    rule.at("exclude").isAbsent &&
    filters.every((resources) => resources.entries().every(([key]) => key === "kinds" || key === "operations"))
  );
}

function imageValidatingPolicy(policy: KubernetesObject): Covers {
  const spec = policy.root.at("spec");
  return (repository) => {
    const actions = spec.at("validationActions");
    const denies = actions.isAbsent ? true : some(actions.items().map((item) => equals(item, "Deny")));
    const references = spec.at("matchImageReferences");
    const globs = references.items().map((item) => item.at("glob"));
    const named = some(globs.map((glob) => (glob.isAbsent ? UNKNOWN : matching(glob, repository, matchesWildcard))));
    const constrained = ["namespaceSelector", "objectSelector"].some(
      (field) => !spec.at("matchConstraints", field).isAbsent,
    );
    return every([denies, references.isAbsent ? true : named, constrained ? UNKNOWN : true]);
  };
}

function clusterImagePolicy(world: World, policy: KubernetesObject): Covers {
  const spec = policy.root.at("spec");
  return (repository, of) => {
    const mode = spec.at("mode").string();
    const namespace = namespaceOf(world, of);
    const included = namespace?.root.at("metadata", "labels", "policy.sigstore.dev/include");
    const authorities = spec.at("authorities");
    const checks = authorities.items().map((one) => negate(equals(one.at("static", "action"), "pass")));
    return every([
      mode === UNKNOWN ? UNKNOWN : mode !== "warn",
      authorities.isUnknown ? UNKNOWN : some(checks),
      some(
        spec
          .at("images")
          .items()
          .map((image) => matching(image.at("glob"), repository, matchesSegments)),
      ),
      included === undefined ? UNKNOWN : equals(included, "true"),
    ]);
  };
}

function namesImage(list: Cursor, repository: string, matches: Matches): Read<boolean> {
  return list.isUnknown ? UNKNOWN : some(list.items().map((item) => matching(item, repository, matches)));
}

type Matches = (pattern: string, text: string) => boolean;

/** Whether a pattern means a repository; what it says of tag or digest is no matter, since `*` stands there. */
function matching(at: Cursor, repository: string, matches: Matches): Read<boolean> {
  const pattern = at.string();
  if (pattern === UNKNOWN) return UNKNOWN;
  if (pattern === undefined) return false;
  const bare = pattern.replace(/@[^/]*$/, "").replace(/:[^/:]*$/, "");
  return [bare, fullRepository(bare)].some((one) => matches(one, repository));
}

/** Matching as the sigstore policy controller does it: `*` stays between two slashes, `**` crosses them. */
function matchesSegments(pattern: string, text: string): boolean {
  if (pattern.includes("**")) return matchesWildcard(pattern, text);
  const [wanted, given] = [pattern.split("/"), text.split("/")];
  return wanted.length === given.length && wanted.every((one, i) => matchesWildcard(one, given[i] ?? ""));
}

function equals(at: Cursor, wanted: string): Read<boolean> {
  const text = at.string();
  return text === UNKNOWN ? UNKNOWN : text === wanted;
}
