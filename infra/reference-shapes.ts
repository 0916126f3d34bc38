import type { Issue } from "../core/issue.js";
import type { ClusterRef } from "./cluster/reference.js";
import type { KeysRef } from "./encryption/reference.js";
import { refuse } from "./errors.js";
import { Principal } from "./identity/principal.js";
import { Egress } from "./network/egress.js";
import type { NetworkRef } from "./network/reference.js";
import * as is from "./shape.js";
import type { Shape } from "./shape.js";

/** Somebody, by a factory of `Principal`. */
export const PRINCIPAL = is.made(Principal, "Principal.role('arn:aws:iam::111122223333:role/platform')");

/** Subnets of one kind. */
export const SUBNETS = is.has({ ids: is.list(is.late), cidrs: is.list(is.cidr) });

/** What `Network.existing` makes, and a `Network` is. */
export const NETWORK_REF: Shape = explained(
  is.has({
    region: is.text,
    vpcId: is.late,
    vpcCidrs: is.list(is.cidr),
    nodes: SUBNETS,
    pods: SUBNETS,
    controlPlane: SUBNETS,
    endpoints: SUBNETS,
    loadBalancers: SUBNETS,
    egress: is.made(Egress, "Egress.none()"),
  } satisfies Partial<is.Shapes<NetworkRef>>),
  "Pass a Network, or Network.existing({ vpcId, ... })",
);

/** What `Cluster.existing` makes, and a `Cluster` is. */
export const CLUSTER_REF: Shape = explained(
  is.has({
    clusterName: is.text,
    name: is.late,
    arn: is.late,
    kubernetesVersion: is.text,
    endpoint: is.late,
    certificateAuthority: is.late,
    serviceCidr: is.cidr,
    controlPlaneSecurityGroupId: is.late,
    oidcIssuer: is.late,
  } satisfies Partial<is.Shapes<ClusterRef>>),
  "Pass a Cluster, or Cluster.existing({ clusterName, ... })",
);

/** Of a cluster what a component needs that does not need it all. */
export function clusterRef(...names: readonly (keyof ClusterRef)[]): Shape {
  const each = Object.fromEntries(names.map((name) => [name, is.late]));
  return explained(is.has(each), "Pass a Cluster, or Cluster.existing({ clusterName, ... })");
}

/** The keys of some purposes: all that a component needs of `EncryptionKeys`. */
export function keysRef(...names: readonly (keyof KeysRef)[]): Shape {
  const each = Object.fromEntries(names.map((name) => [name, is.late]));
  return explained(is.has(each), "Pass EncryptionKeys, or EncryptionKeys.existing({ secretsKeyArn, ... })");
}

/**
 * Refuses arguments without what a component cannot do without, before anything reads them.
 *
 * @throws pulumi.RunError with every argument that is missing, or of another kind.
 */
export function needs(where: string, args: unknown, shapes: Readonly<Record<string, Shape>>): void {
  refuse(where, is.has(shapes)("", args));
}

/** The first problem of a reference stands for all: whoever passes text has them all. */
function explained(shape: Shape, advice: string): Shape {
  return (path, value) => {
    if (value === undefined || value === null || typeof value !== "object")
      return is.anyObject(path, value).map((problem): Issue => ({ ...problem, advice }));
    return shape(path, value)
      .slice(0, 1)
      .map((problem): Issue => ({ ...problem, advice }));
  };
}
