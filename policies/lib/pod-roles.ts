import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, KubernetesObject, World } from "../../plan/world/index.js";
import { EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../plan/world/index.js";
import { ROLE } from "./iam-policies.js";
import { admits, ROLE_ANNOTATION, tokenTrusts } from "./irsa.js";
import { ASSOCIATION } from "./pod-identity.js";

/** A role of AWS that the pods of a service account take. */
export interface PodRole {
  readonly role: PlannedResource;
  /** The resource that gives it: an association, or the service account. */
  readonly by: PlannedResource;
  readonly at: Cursor;
}

/** A service account by its place. */
export interface AccountName {
  /** See `KubernetesObject.cluster`. */
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
}

/** Roles by EKS cluster, namespace and service account, of the associations of Pod Identity. */
type Index = ReadonlyMap<string, readonly PodRole[]>;

const associations = new WeakMap<World, Index>();
const annotated = new WeakMap<World, Index>();

/**
 * The planned roles that the pods of a service account take: by an association of Pod Identity in the account's cluster, or
 * by annotation, where the role's trust lets the account's tokens in or nobody knows.
 */
export function rolesOfAccount(world: World, { cluster, namespace, name }: AccountName): readonly PodRole[] {
  const eks = eksClusterOf(world, cluster);
  const associated = eks === undefined ? [] : (indexed(world).get([eks.urn, namespace, name].join("|")) ?? []);
  return [...associated, ...(annotations(world).get([cluster, namespace, name].join("|")) ?? [])];
}

/** A service account and a planned role that its pods take. */
export interface PlaceWithRole extends AccountName {
  readonly role: PlannedResource;
}

const places = new WeakMap<World, readonly PlaceWithRole[]>();

/** Every service account that has planned roles, for each provider by which objects reach its cluster. */
export function placesWithRoles(world: World): readonly PlaceWithRole[] {
  let known = places.get(world);
  if (known !== undefined) return known;
  const providers = [...new Set(world.objects.map(({ cluster }) => cluster))];
  const split = (key: string) => {
    const [namespace = "", name = ""] = key.split("|").slice(-2);
    return { home: key.slice(0, -`|${namespace}|${name}`.length), namespace, name };
  };
  const associated = [...indexed(world)].flatMap(([key, roles]) => {
    const { home, namespace, name } = split(key);
    const clusters = providers.filter((provider) => eksClusterOf(world, provider)?.urn === home);
    return clusters.flatMap((cluster) => roles.map(({ role }) => ({ cluster, namespace, name, role })));
  });
  const annotatedOnes = [...annotations(world)].flatMap(([key, roles]) => {
    const { home, namespace, name } = split(key);
    return roles.map(({ role }) => ({ cluster: home, namespace, name, role }));
  });
  places.set(world, (known = [...associated, ...annotatedOnes]));
  return known;
}

const planned = new WeakMap<World, ReadonlyMap<PlannedResource, ReadonlySet<string>>>();

/**
 * The service accounts that a plan makes in a cluster, as `namespace/name`; `undefined` when it shows nothing of the
 * cluster's inside.
 */
export function plannedAccounts(world: World, eks: PlannedResource): ReadonlySet<string> | undefined {
  let known = planned.get(world);
  if (known === undefined) {
    const accounts = new Map<PlannedResource, Set<string>>();
    for (const { cluster, kind, namespace, name } of world.objects) {
      const home = eksClusterOf(world, cluster);
      if (home === undefined) continue;
      const set = accounts.get(home) ?? new Set<string>();
      accounts.set(home, set);
      if (/^ServiceAccount(Patch)?$/.test(kind)) set.add(`${namespace ?? ""}/${name}`);
    }
    planned.set(world, (known = accounts));
  }
  return known.get(eks);
}

function indexed(world: World): Index {
  return once(associations, world, () =>
    world.ofType(ASSOCIATION).flatMap((association) => {
      const inputs = world.inputsOf(association);
      const [eks] = world.resolve(association, inputs.at("clusterName")).filter((r) => r.type === EKS_CLUSTER);
      const at = inputs.at("roleArn");
      const [role] = world.resolve(association, at).filter((r) => r.type === ROLE);
      const [account] = world.resolve(association, inputs.at("serviceAccount")).flatMap((r) => world.objectOf(r) ?? []);
      const namespace = account?.namespace ?? inputs.at("namespace").string();
      const name = account?.name ?? inputs.at("serviceAccount").string();
      if (eks === undefined || role === undefined || namespace === UNKNOWN || name === UNKNOWN) return [];
      return [{ key: [eks.urn, namespace, name].join("|"), role: { role, by: association, at } }];
    }),
  );
}

function annotations(world: World): Index {
  return once(annotated, world, () =>
    world.find({ kind: "ServiceAccount", group: "" }).flatMap((account) => {
      const role = annotatedRole(world, account);
      if (role === undefined || !trusts(world, role.role, account)) return [];
      return [{ key: [account.cluster, account.namespace ?? "", account.name].join("|"), role }];
    }),
  );
}

/** The planned role that a service account names by annotation: by reference, or by the name in the ARN. */
export function annotatedRole(world: World, account: KubernetesObject): PodRole | undefined {
  const at = account.root.at("metadata", "annotations", ROLE_ANNOTATION);
  if (at.isAbsent) return undefined;
  const [referred] = world.resolve(account.resource, at).filter((r) => r.type === ROLE);
  const role = referred ?? roleNamed(world, at);
  return role === undefined ? undefined : { role, by: account.resource, at };
}

const names = new WeakMap<World, ReadonlyMap<unknown, PlannedResource>>();

/** The planned role whose own name a text ARN ends in. */
export function roleNamed(world: World, arn: Cursor): PlannedResource | undefined {
  const text = arn.text();
  const [, name] = (typeof text === "string" ? /:role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(text) : null) ?? [];
  if (name === undefined) return undefined;
  let known = names.get(world);
  if (known === undefined) {
    known = new Map(world.ofType(ROLE).map((role) => [world.inputsOf(role).at("name").string(), role] as const));
    names.set(world, known);
  }
  return known.get(name);
}

function trusts(world: World, role: PlannedResource, account: KubernetesObject): boolean {
  const list = tokenTrusts(world, role);
  return list === UNKNOWN || list.some((trust) => admits(trust, account.namespace ?? "", account.name) !== false);
}

function once(
  cache: WeakMap<World, Index>,
  world: World,
  build: () => readonly { readonly key: string; readonly role: PodRole }[],
): Index {
  const found = cache.get(world);
  if (found !== undefined) return found;
  const index = new Map<string, PodRole[]>();
  for (const { key, role } of build()) {
    const list = index.get(key);
    if (list === undefined) index.set(key, [role]);
    else list.push(role);
  }
  cache.set(world, index);
  return index;
}
