import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, KubernetesObject, Read, World } from "../../plan/world/index.js";
import { EKS_CLUSTER, identityOf, UNKNOWN } from "../../plan/world/index.js";
import type { Severity } from "../model.js";
import { labelOf } from "../shapes.js";
import { ACCESS_POLICY, clusterAdmins } from "./cluster-admins.js";
import { exposures } from "./exposure.js";
import { ROLE } from "./iam-policies.js";
import { RIGHTS_TYPES, worstPower } from "./iam-rights.js";
import { ASSOCIATION } from "./pod-identity.js";
import { placesWithRoles } from "./pod-roles.js";
import { allBindings, BINDING_TYPES, holdersOf, ROLE_TYPES } from "./rbac/bindings.js";
import { leadsToCluster } from "./rbac/takeover.js";

/** Wire tokens of what edges are read from, besides workloads. */
export const POSTURE_TYPES = [
  EKS_CLUSTER,
  ACCESS_POLICY,
  ASSOCIATION,
  ...RIGHTS_TYPES,
  ...BINDING_TYPES,
  ...ROLE_TYPES,
  "kubernetes:core/v1:Service",
  "kubernetes:networking.k8s.io/v1:Ingress",
] as const;

/** One step that an attacker could take in a plan: from the internet to a pod, from a pod to its node, from a role to the account. */
export interface Edge {
  /** The same in two plans when the step is the same. */
  readonly id: string;
  readonly resource: PlannedResource;
  readonly at: Cursor;
  /** Completes "this change ...". */
  readonly what: string;
  readonly certain: boolean;
  readonly severity: Severity;
}

/** Every such step that a plan shows. */
export function edgesOf(world: World): readonly Edge[] {
  return [
    ...fromInternet(world),
    ...toClusters(world),
    ...toAdministrators(world),
    ...toNodes(world),
    ...toAccount(world),
  ];
}

function fromInternet(world: World): readonly Edge[] {
  return [...exposures(world).values()].map(({ workload, by, certain }) => ({
    id: `internet>${nameOf(workload.object)}`,
    resource: by.resource,
    at: by.root.at("spec"),
    what: `opens ${labelOf(workload.object)} to the internet by ${labelOf(by)}`,
    certain,
    severity: "high",
  }));
}

function toClusters(world: World): readonly Edge[] {
  return world.ofType(EKS_CLUSTER).flatMap((cluster): readonly Edge[] => {
    const at = world.inputsOf(cluster).at("vpcConfig", "endpointPublicAccess");
    const open: Read<boolean | undefined> = at.boolean();
    if (open === false) return [];
    return [
      {
        id: `internet>${identityOf(cluster).id}`,
        resource: cluster,
        at,
        what: `opens the API of cluster '${cluster.name}' to the internet`,
        certain: open !== UNKNOWN,
        severity: "high",
      },
    ];
  });
}

function toAdministrators(world: World): readonly Edge[] {
  const byPolicy = clusterAdmins(world).map(({ association, principal }): Edge => ({
    id: `admin>${principal}`,
    resource: association,
    at: world.inputsOf(association).at("policyArn"),
    what: `makes ${principal} administrator of a cluster`,
    certain: true,
    severity: "high",
  }));
  const byBinding = allBindings(world).flatMap((binding): readonly Edge[] => {
    const holders = holdersOf([binding]);
    const leads = leadsToCluster(world, binding);
    if (leads === false || holders === undefined) return [];
    return [
      {
        id: `admin>${holders}`,
        resource: binding.resource,
        at: binding.root.at("subjects"),
        what: `lets ${holders} take over the cluster by ${labelOf(binding)}`,
        certain: leads === true,
        severity: "high",
      },
    ];
  });
  return [...byPolicy, ...byBinding];
}

/** Flags of a pod by which it is its node, or sees it. */
const HOST_FLAGS = ["hostNetwork", "hostPID", "hostIPC"] as const;

function toNodes(world: World): readonly Edge[] {
  return world.workloads.flatMap(({ object, podSpec, containers }): readonly Edge[] => {
    const places: readonly (readonly [string, Cursor, Read<boolean | undefined>])[] = [
      ...HOST_FLAGS.map((flag) => [flag, podSpec.at(flag), podSpec.at(flag).boolean()] as const),
      ...containers.map(({ name, at }) => {
        const privileged = at.at("securityContext", "privileged");
        return [`a privileged container '${name}'`, privileged, privileged.boolean()] as const;
      }),
      ...podSpec
        .at("volumes")
        .items()
        .map((volume) => volume.at("hostPath"))
        .filter((at) => !at.isAbsent)
        .map((at) => [`the path ${String(at.at("path").string())} of its node`, at, true] as const),
    ];
    return places
      .filter(([, , read]) => read === true || read === UNKNOWN)
      .map(([what, at, read]) => ({
        id: `node>${nameOf(object)}>${what}`,
        resource: object.resource,
        at,
        what: `gives ${labelOf(object)} ${what}, a step onto its node`,
        certain: read === true,
        severity: "medium",
      }));
  });
}

function toAccount(world: World): readonly Edge[] {
  const powers = world.ofType(ROLE).flatMap((role): readonly Edge[] => {
    const power = worstPower(world, role);
    if (power === undefined) return [];
    return [
      {
        id: `account>${role.name}>${power.kind}`,
        resource: role,
        at: world.inputsOf(role),
        what: `lets role '${role.name}' do ${power.what} in the account`,
        certain: power.certain,
        severity: "high",
      },
    ];
  });
  const taken = placesWithRoles(world).map(({ namespace, name, role }): Edge => ({
    id: `role>${namespace}/${name}>${role.name}`,
    resource: role,
    at: world.inputsOf(role).at("assumeRolePolicy"),
    what: `gives pods of service account '${namespace}/${name}' the role '${role.name}'`,
    certain: true,
    severity: "low",
  }));
  return [...powers, ...taken];
}

function nameOf({ kind, namespace, name }: KubernetesObject): string {
  return [kind, namespace ?? "", name].join("/");
}
