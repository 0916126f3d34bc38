import type { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { DEFAULT_KUBERNETES_VERSION } from "../core/data/kubernetes-versions.js";
import type { Relaxation } from "../core/relaxation.js";
import { validateWith } from "./checks.js";
import type { Way } from "./connection.js";
import type { Demand } from "./demand.js";
import type { HostAccess } from "./host-access.js";
import type { StringMap } from "./manifest.js";
import { checkNamespace } from "./namespace-checks.js";
import { limitRangeSpec, priorityQuotaSpec, quotaSpec } from "./namespace-quota.js";
import type { NamespaceQuota, PriorityQuota } from "./namespace-quota.js";
import { NetworkEngine } from "./network/engine.js";
import { objectOf } from "./objects.js";
import { Peer } from "./peer.js";
import { PodSecurity, podSecurityLabels } from "./pod-security.js";
import type { ContainerResources } from "./resources.js";

export { SYSTEM_NAMESPACES } from "./namespace-checks.js";

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
  /** What the pods of each priority class may ask for, by the name of the class; they count in `quota` as well. @default - no difference between classes */
  readonly priorityQuotas?: Readonly<Record<string, PriorityQuota>>;
  /** What a container gets that asks for nothing. @default - 100 to 500 millicores, 256 MiB of memory, 256 MiB of scratch space */
  readonly containerDefaults?: ContainerResources;
  /** Hosts, or hosts with the beginning of a path, from which workloads in here take images; may hold tokens. @default - any registry */
  readonly approvedRegistries?: readonly string[];
  /** Which pods resolve names for these; `[Peer.dns(), Peer.nodeLocalDns()]` where NodeLocal DNSCache runs, none for no DNS. @default [Peer.dns()] */
  readonly dns?: readonly Peer[];
  /** Whose network policies are written for the pods in here. @default NetworkEngine.networkPolicy() */
  readonly networkEngine?: NetworkEngine;
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
 *
 * @example new HardenedNamespace(chart, "shop", { approvedRegistries: [contract.registryHost] });
 */
export class HardenedNamespace extends Construct {
  /** The namespace around a construct: the nearest one above it, if any. */
  static of(construct: IConstruct): HardenedNamespace | undefined {
    return construct.node.scopes.findLast((scope) => scope instanceof HardenedNamespace);
  }

  /** Name of the namespace. */
  readonly name: string;
  readonly podSecurity: PodSecurity;
  /** Minor version of the cluster, for which the Pod Security Standards are pinned. */
  readonly kubernetesVersion: string;
  /** Whose network policies are written for the pods in here. */
  readonly networkEngine: NetworkEngine;
  /** Absent when every registry is good. */
  readonly approvedRegistries: readonly string[] | undefined;
  /** What was loosened, with the reasons; also in an annotation of the namespace. */
  readonly relaxations: readonly Relaxation[];
  /** What must be there before the first pod: policies, quota, defaults and the default service account. */
  readonly guards: readonly ApiObject[];

  readonly #demands: (() => Demand)[] = [];

  constructor(scope: Construct, id: string, props: HardenedNamespaceProps = {}) {
    super(scope, id);
    this.name = props.name ?? id;
    this.podSecurity = props.podSecurity ?? PodSecurity.restricted();
    this.approvedRegistries = props.approvedRegistries;
    this.kubernetesVersion = props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
    this.networkEngine = props.networkEngine ?? NetworkEngine.networkPolicy();
    this.relaxations = this.podSecurity.relaxations;

    const dns = props.dns ?? [Peer.dns()];
    const namespace = this.createNamespace(props);
    this.guards = [
      // Every engine enforces this kind, and it stays when the kinds of an engine go.
      this.createPolicy("default-deny", NetworkEngine.networkPolicy(), []),
      ...(dns.length === 0 ? [] : [this.createPolicy("allow-dns", this.networkEngine, dns)]),
      this.createQuota(props.quota ?? {}),
      ...Object.entries(props.priorityQuotas ?? {}).map(([name, quota]) => this.createPriorityQuota(name, quota)),
      this.createLimitRange(props.containerDefaults ?? {}),
      this.createDefaultServiceAccount(),
    ];

    this.node.addDependency(namespace);
    validateWith(this, () =>
      checkNamespace(
        this,
        props,
        this.#demands.map((demand) => demand()),
        (c) => HardenedNamespace.of(c),
      ),
    );
  }

  /** What of the host the workloads in here may take. */
  get hostAccess(): readonly HostAccess[] {
    return this.podSecurity.hostAccess;
  }

  /** Counts what a workload takes, so that a quota that is too small is found before the first pod is refused. */
  expectDemand(demand: () => Demand): void {
    this.#demands.push(demand);
  }

  private createNamespace(props: HardenedNamespaceProps): ApiObject {
    return objectOf(this, "Resource", {
      apiVersion: "v1",
      kind: "Namespace",
      name: this.name,
      labels: { ...props.labels, ...podSecurityLabels(this.podSecurity, this.kubernetesVersion) },
      ...(props.annotations === undefined ? {} : { annotations: props.annotations }),
      relaxations: () => this.relaxations,
      body: {},
    });
  }

  /** Closes both directions for every pod in here, but for the ways to `peers`. */
  private createPolicy(name: string, engine: NetworkEngine, peers: readonly Peer[]): ApiObject {
    const egress = peers.map(({ end, ports }): Way => ({ end, ports }));
    const policy = engine.render({ namespace: this.name, pods: {}, ingress: [], egress });
    return this.createGuard(name, { ...policy, body: { spec: policy.spec } });
  }

  private createQuota(quota: NamespaceQuota): ApiObject {
    return this.createGuard("namespace-quota", {
      apiVersion: "v1",
      kind: "ResourceQuota",
      body: { spec: quotaSpec(quota) },
    });
  }

  private createPriorityQuota(priorityClassName: string, quota: PriorityQuota): ApiObject {
    return this.createGuard(`priority-${priorityClassName}`, {
      apiVersion: "v1",
      kind: "ResourceQuota",
      body: { spec: priorityQuotaSpec(priorityClassName, quota) },
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
    const { apiVersion, kind, body } = props;
    return objectOf(this, `${kind}-${name}`, { apiVersion, kind, body, name, namespace: this.name });
  }
}
