import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { compareVersions, DEFAULT_KUBERNETES_VERSION } from "../core/data/kubernetes-versions.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { Relaxation } from "../core/relaxation.js";
import { checkName, issuesOf, validateWith } from "./checks.js";
import { namespaceEgressSpec } from "./connection.js";
import { checkRegistryName } from "./image-ref.js";
import type { NetworkPolicySpecManifest, StringMap } from "./manifest.js";
import { checkQuota, limitRangeSpec, quotaSpec } from "./namespace-quota.js";
import type { NamespaceQuota } from "./namespace-quota.js";
import { objectOf } from "./objects.js";
import { Peer } from "./peer.js";
import { PodSecurity, podSecurityLabels } from "./pod-security.js";
import { checkResources, resourcesOf } from "./resources.js";
import type { ContainerResources } from "./resources.js";

/** Namespaces of Kubernetes itself, and the one that objects without a namespace fall into. */
export const SYSTEM_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"] as const;

/** Kinds that people put into a namespace and that would silently land in another one. */
const NAMESPACED_KINDS: ReadonlySet<string> = new Set([
  ...["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "HorizontalPodAutoscaler"],
  ...["ConfigMap", "Secret", "PersistentVolumeClaim", "PodDisruptionBudget", "ServiceAccount", "Role", "RoleBinding"],
  ...["Service", "Ingress", "NetworkPolicy"],
]);

/** Arguments of {@link HardenedNamespace}. */
export interface HardenedNamespaceProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** What admission asks of the pods. @default PodSecurity.restricted() */
  readonly podSecurity?: PodSecurity;
  /** Minor version at which the Pod Security Standards are pinned: that of the cluster. @default "1.36" */
  readonly kubernetesVersion?: string;
  /** What all pods together may ask for. @default - 8 CPUs requested, 16 limited, 16 GiB of memory, 50 pods, 10 disks with 100 GiB, no load balancers and node ports */
  readonly quota?: NamespaceQuota;
  /** What a container gets that asks for nothing. @default - 100 to 500 millicores, 256 MiB of memory, 256 MiB of scratch space */
  readonly containerDefaults?: ContainerResources;
  /** Hosts, or hosts with the beginning of a path, from which workloads in here take images; may hold tokens. @default - any registry */
  readonly approvedRegistries?: readonly string[];
  /** Labels of the namespace beside those of Pod Security. @default - none */
  readonly labels?: StringMap;
  /** @default - none */
  readonly annotations?: StringMap;
}

/**
 * A namespace in which nothing is allowed that was not asked for: Pod Security `restricted` enforced, warned and audited at
 * a pinned version, no traffic in either direction but DNS, a quota, defaults for containers, and a default service
 * account without a token.
 *
 * Objects made below it by constructs of this package lie in it. Objects of other libraries need `metadata.namespace`;
 * one that has another namespace, or none, is an error.
 */
export class HardenedNamespace extends Construct {
  /** The namespace around a construct: the nearest one above it, if any. */
  static of(construct: IConstruct): HardenedNamespace | undefined {
    return construct.node.scopes.findLast((scope) => scope instanceof HardenedNamespace);
  }

  /** Name of the namespace. */
  readonly name: string;
  readonly podSecurity: PodSecurity;
  /** Absent when every registry is good. */
  readonly approvedRegistries: readonly string[] | undefined;
  /** What was loosened, with the reasons; also in an annotation of the namespace. */
  readonly relaxations: readonly Relaxation[];
  /** What must be there before the first pod: policies, quota, defaults and the default service account. */
  readonly guards: readonly ApiObject[];

  constructor(scope: Construct, id: string, props: HardenedNamespaceProps = {}) {
    super(scope, id);
    this.name = props.name ?? id;
    this.podSecurity = props.podSecurity ?? PodSecurity.restricted();
    this.approvedRegistries = props.approvedRegistries;
    this.relaxations = this.podSecurity.relaxation === undefined ? [] : [this.podSecurity.relaxation];

    const namespace = this.createNamespace(props);
    this.guards = [
      this.createDefaultDeny(),
      this.createDnsPolicy(),
      this.createQuota(props.quota ?? {}),
      this.createLimitRange(props.containerDefaults ?? {}),
      this.createDefaultServiceAccount(),
    ];

    this.node.addDependency(namespace);
    validateWith(this, () => [...checkProps(this.name, props), ...checkStrays(this, this.name)]);
  }

  private createNamespace(props: HardenedNamespaceProps): ApiObject {
    const version = props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
    return objectOf(this, "Resource", {
      apiVersion: "v1",
      kind: "Namespace",
      name: this.name,
      labels: { ...props.labels, ...podSecurityLabels(this.podSecurity, version) },
      ...(props.annotations === undefined ? {} : { annotations: props.annotations }),
      relaxations: () => this.relaxations,
      body: {},
    });
  }

  private createDefaultDeny(): ApiObject {
    return this.createPolicy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  }

  private createDnsPolicy(): ApiObject {
    const dns = Peer.dns();
    return this.createPolicy("allow-dns", namespaceEgressSpec(this.name, dns.end, dns.ports));
  }

  private createPolicy(name: string, spec: NetworkPolicySpecManifest): ApiObject {
    return this.createGuard(name, { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", body: { spec } });
  }

  private createQuota(quota: NamespaceQuota): ApiObject {
    return this.createGuard("namespace-quota", {
      apiVersion: "v1",
      kind: "ResourceQuota",
      body: { spec: quotaSpec(quota) },
    });
  }

  private createLimitRange(defaults: ContainerResources): ApiObject {
    const body = { spec: limitRangeSpec(defaults) };
    return this.createGuard("container-defaults", { apiVersion: "v1", kind: "LimitRange", body });
  }

  /** Kubernetes makes this one by itself and gives its token to pods that name no other. */
  private createDefaultServiceAccount(): ApiObject {
    const body = { automountServiceAccountToken: false };
    return this.createGuard("default", { apiVersion: "v1", kind: "ServiceAccount", body });
  }

  private createGuard(
    name: string,
    props: { readonly apiVersion: string; readonly kind: string; readonly body: object },
  ): ApiObject {
    return objectOf(this, `${props.kind}-${name}`, { ...props, name, namespace: this.name });
  }
}

function checkProps(name: string, props: HardenedNamespaceProps): readonly Issue[] {
  const version = props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
  const issues = [
    ...checkName("name", name),
    ...issuesOf(() => compareVersions(version, DEFAULT_KUBERNETES_VERSION)),
    ...(props.approvedRegistries ?? []).flatMap((r, i) => checkRegistryName(`approvedRegistries[${i}]`, r)),
    ...checkQuota("quota", props.quota ?? {}),
    ...checkResources("containerDefaults", resourcesOf(props.containerDefaults ?? {})),
  ];
  if (name.startsWith("kube-") || SYSTEM_NAMESPACES.some((system) => system === name))
    issues.push(
      issue(
        "NotAllowed",
        "name",
        "must not be a namespace of the system",
        name,
        "Give the application a namespace of its own",
      ),
    );
  const taken = Object.keys(props.labels ?? {}).filter((label) => label.startsWith("pod-security.kubernetes.io/"));
  return [
    ...issues,
    ...taken.map((label) => issue("NotAllowed", "labels", "must not set Pod Security", label, "Use 'podSecurity'")),
  ];
}

/** Objects of other libraries below the namespace construct that would land elsewhere, away from its guards. */
function checkStrays(scope: HardenedNamespace, name: string): readonly Issue[] {
  return scope.node
    .findAll()
    .filter((child) => ApiObject.isApiObject(child))
    .filter((object) => NAMESPACED_KINDS.has(object.kind) && HardenedNamespace.of(object) === scope)
    .filter((object) => object.metadata.namespace !== name)
    .map((object) =>
      issue(
        "Conflict",
        `${object.kind} ${object.name}`,
        `must have the namespace '${name}'`,
        object.metadata.namespace,
        `Give it metadata: { namespace: '${name}' }, or make it outside the HardenedNamespace`,
      ),
    );
}
