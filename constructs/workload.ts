import type { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterContract } from "../core/contract.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkPortNumber, validateWith } from "./checks.js";
import { ConnectedPods } from "./connected-pods.js";
import type { Demand } from "./demand.js";
import { accessOf } from "./host-access.js";
import type { PodTemplateManifest, StringMap } from "./manifest.js";
import { HardenedNamespace } from "./namespace.js";
import type { NetworkEngine } from "./network/engine.js";
import { lazy, NAME_LABEL, objectOf } from "./objects.js";
import { Peer } from "./peer.js";
import { podPorts, podRelaxations, podTemplate } from "./pod.js";
import type { PodContext, PodProps } from "./pod.js";
import { checkPod } from "./pod-checks.js";
import type { Protocol } from "./port.js";
import { hasUserNamespaces } from "./user-namespace.js";

/** What every workload takes, beside its pod. */
export interface WorkloadProps extends PodProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** @default - that of the HardenedNamespace around it, else that of its chart */
  readonly namespace?: string;
  /** Labels of the workload object. @default - none */
  readonly labels?: StringMap;
  /** Whose network policy is written for the pods. @default - that of the HardenedNamespace around them, else NetworkEngine.networkPolicy() */
  readonly networkEngine?: NetworkEngine;
}

/** A port of a workload under the name and number that clients use. */
export interface ExposedPort {
  /** Name of the Service, that of the workload. */
  readonly serviceName: string;
  /** `api.shop.svc.cluster.local`: the Service's host as pods of any namespace resolve it. */
  readonly host: string;
  /** The Service's port. */
  readonly port: number;
  /** The container's port. */
  readonly targetPort: number;
  readonly protocol: Protocol;
}

/** Arguments of {@link Workload.expose}. */
export interface ExposeOptions {
  /** The port that clients use, from 1. @default - the container's */
  readonly port?: number;
}

/** What a subclass decides. */
export interface WorkloadKind {
  readonly apiVersion: "apps/v1" | "batch/v1";
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob";
  /** Whether there is more than one pod to spread over zones and nodes. */
  readonly spread: boolean;
  /** @default - `Always` */
  readonly restartPolicy?: "Never" | "OnFailure";
  readonly props: WorkloadProps;
  /** What the pods take of the quota. */
  readonly demand: (name: string) => Demand;
}

/**
 * Pods that run as non-root without privileges, capabilities, a service account token or a writable image, from an image
 * pinned by digest, with requests and limits, under a service account and a network policy of their own.
 *
 * Reached by others only through {@link expose} and a connection (`allowFrom`, `allowTo`).
 */
export abstract class Workload extends ConnectedPods {
  /** Also the name that an EKS Pod Identity association binds. */
  readonly serviceAccountName: string;
  /** Labels that select the pods. */
  protected readonly selector: StringMap;
  protected readonly template: PodTemplateManifest;

  readonly #kind: WorkloadKind;
  readonly #exposed: ExposedPort[] = [];
  readonly #issues: Issue[] = [];
  #service: ApiObject | undefined;
  #usesPodIdentity = false;

  protected constructor(scope: Construct, id: string, kind: WorkloadKind) {
    const { props } = kind;
    const name = props.name ?? id;
    const selector = { [NAME_LABEL]: name };
    const { namespace, networkEngine } = props;
    super(scope, id, {
      name,
      labels: selector,
      podLabels: { ...props.podLabels, ...selector },
      hasUnknownLabels: false,
      ports: podPorts(props),
      ...(namespace === undefined ? {} : { namespace }),
      ...(networkEngine === undefined ? {} : { networkEngine }),
    });
    this.#kind = kind;
    this.serviceAccountName = name;
    this.selector = selector;
    const enclosing = HardenedNamespace.of(this);
    const context: PodContext = {
      name,
      namespace: this.namespace,
      selector,
      spread: kind.spread,
      userNamespaces: hasUserNamespaces(enclosing?.kubernetesVersion),
      ...(kind.restartPolicy === undefined ? {} : { restartPolicy: kind.restartPolicy }),
    };
    this.template = podTemplate(props, context);
    enclosing?.expectDemand(() => kind.demand(`${kind.kind} ${name}`));
    validateWith(this, () => [
      ...checkPod(props, context, {
        approvedRegistries: enclosing?.approvedRegistries,
        granted: enclosing?.hostAccess ?? [],
      }),
      ...checkHostNetwork(props, this.asked),
      ...this.#issues,
    ]);
  }

  /** The ports that a Service offers. */
  get exposedPorts(): readonly ExposedPort[] {
    return [...this.#exposed];
  }

  /** Whether {@link usePodIdentity} was called: an association must bind the service account to a role. */
  get usesPodIdentity(): boolean {
    return this.#usesPodIdentity;
  }

  /**
   * Offers a port by a Service (`ClusterIP`) of the workload's name. Nobody may connect because of that alone: see
   * `allowFrom`. The same port asked for again is the same.
   *
   * @param containerPort One of the workload's. @default - its only port
   */
  expose(containerPort?: number, options: ExposeOptions = {}): ExposedPort {
    const served = containerPort === undefined ? this.onlyPort() : this.ports.find((p) => p.port === containerPort);
    const targetPort = containerPort ?? served?.port ?? 0;
    const port = options.port ?? targetPort;
    const protocol = served?.protocol ?? "TCP";
    const known = this.#exposed.find((e) => e.port === port && e.targetPort === targetPort);
    if (known !== undefined) return known;

    this.#issues.push(...this.checkExposed(served === undefined, port, targetPort, containerPort));
    const host = `${this.name}.${this.namespace}.svc.cluster.local`;
    const exposed: ExposedPort = { serviceName: this.name, host, port, targetPort, protocol };
    this.#exposed.push(exposed);
    this.#service ??= this.createService();
    return exposed;
  }

  /**
   * Opens the ways that a pod needs to act in AWS under the role of its Pod Identity association: to the agent on its node,
   * and to the endpoints of AWS services in the VPC.
   */
  usePodIdentity(contract: Pick<ClusterContract, "endpointCidrs">): void {
    this.#usesPodIdentity = true;
    this.allowTo(Peer.podIdentityAgent());
    this.allowTo(Peer.awsEndpoints(contract));
  }

  /** The workload object, which waits for its service account, its policy and the guards of its namespace. */
  protected createWorkload(spec: object): ApiObject {
    const { apiVersion, kind, props } = this.#kind;
    const object = objectOf(this, "Resource", {
      apiVersion,
      kind,
      name: this.name,
      namespace: this.namespace,
      labels: { ...props.labels, ...this.selector },
      relaxations: () => podRelaxations(props),
      body: { spec },
    });
    object.addDependency(this.createServiceAccount(), this.networkPolicy);
    const guards = HardenedNamespace.of(this)?.guards ?? [];
    if (guards.length > 0) object.addDependency(...guards);
    return object;
  }

  private createServiceAccount(): ApiObject {
    return objectOf(this, "ServiceAccount", {
      apiVersion: "v1",
      kind: "ServiceAccount",
      name: this.serviceAccountName,
      namespace: this.namespace,
      labels: this.selector,
      body: { automountServiceAccountToken: false },
    });
  }

  /** Its selector is the pods' and nothing more: the VPC CNI lets a client to a Service's address only if its policy selects the same. */
  private createService(): ApiObject {
    return objectOf(this, "Service", {
      apiVersion: "v1",
      kind: "Service",
      name: this.name,
      namespace: this.namespace,
      labels: this.selector,
      body: { spec: { type: "ClusterIP", selector: this.selector, ports: lazy(() => this.#exposed.map(servicePort)) } },
    });
  }

  private onlyPort(): (typeof this.ports)[number] | undefined {
    return this.ports.length === 1 ? this.ports[0] : undefined;
  }

  private checkExposed(
    unknown: boolean,
    port: number,
    targetPort: number,
    asked: number | undefined,
  ): readonly Issue[] {
    if (unknown) {
      const declared = this.ports.map((p) => p.port).join(", ");
      const rule = asked === undefined ? "must say which port" : `must be a port of the workload (${declared})`;
      return [issue("NotFound", "expose", rule, asked, "Name one of 'ports'")];
    }
    const taken = this.#exposed.find((e) => e.port === port);
    return [
      ...checkPortNumber("expose", port),
      ...(taken === undefined
        ? []
        : [
            issue(
              "Conflict",
              "expose",
              `must be free, but ${port} leads to ${taken.targetPort}`,
              targetPort,
              "Choose another 'port'",
            ),
          ]),
    ];
  }
}

/** One port of a Service. Names are needed as soon as there are two. */
export function servicePort({
  port,
  targetPort,
  protocol,
}: Pick<ExposedPort, "port" | "targetPort" | "protocol">): object {
  return { name: `${protocol.toLowerCase()}-${port}`, port, targetPort, protocol };
}

/** A connection of a pod in the node's network would look closed and be open, since no policy is applied to it. */
function checkHostNetwork(
  { hostAccess }: WorkloadProps,
  connections: readonly { readonly name: string }[],
): readonly Issue[] {
  if (connections.length === 0 || accessOf(hostAccess ?? [], "network").length === 0) return [];
  return [
    issue(
      "Conflict",
      "hostAccess",
      "must not hold the network of the node together with connections",
      connections.map(({ name }) => name).join(", "),
      "Network policies do not apply to such pods: drop the connections, and name the node's addresses with Peer.cidr on the other side",
    ),
  ];
}
