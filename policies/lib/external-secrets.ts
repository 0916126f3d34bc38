import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, KubernetesObject, World } from "../../plan/world/index.js";
import { rolesOfAccount } from "./pod-roles.js";

/** API group of the External Secrets Operator. */
export const EXTERNAL_SECRETS = "external-secrets.io";

/** The planned store that an ExternalSecret takes from. */
export function storeOf(world: World, object: KubernetesObject, at: Cursor): KubernetesObject | undefined {
  const [name, kind] = [at.at("name").string(), at.at("kind").string() ?? "SecretStore"];
  if (typeof name !== "string" || typeof kind !== "string") return undefined;
  const place = kind === "SecretStore" && object.namespace !== undefined ? { namespace: object.namespace } : {};
  return world.find({ kind, group: EXTERNAL_SECRETS, name, cluster: object.cluster, ...place })[0];
}

/** The roles of the service account by which a store signs in, when it names one. */
export function rolesOf(world: World, store: KubernetesObject, aws: Cursor): readonly PlannedResource[] {
  const account = aws.at("auth", "jwt", "serviceAccountRef");
  const [name, stated] = [account.at("name").string(), account.at("namespace").string()];
  const namespace = stated ?? store.namespace;
  if (typeof name !== "string" || typeof namespace !== "string") return [];
  return rolesOfAccount(world, { cluster: store.cluster, namespace, name }).map(({ role }) => role);
}

/** The places that name what an ExternalSecret takes. */
export function keysOf(root: Cursor): readonly Cursor[] {
  const spec = root.at("spec");
  return [
    ...spec
      .at("data")
      .items()
      .map((item) => item.at("remoteRef", "key")),
    ...spec
      .at("dataFrom")
      .items()
      .map((item) => item.at("extract", "key")),
  ].filter((key) => !key.isAbsent);
}
