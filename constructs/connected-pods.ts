import type { ApiObject } from "cdk8s";
import { Chart } from "cdk8s";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { Relaxation } from "../core/relaxation.js";
import { checkName, validateWith } from "./checks.js";
import { checkConnection, checkPortSums, isolationOf } from "./connection.js";
import type { Connection, ConnectionEnd, PodsEnd } from "./connection.js";
import type { StringMap } from "./manifest.js";
import { HardenedNamespace } from "./namespace.js";
import { NetworkEngine } from "./network/engine.js";
import { lazy, objectOf } from "./objects.js";
import { KnownPods } from "./known-pods.js";
import { Peer } from "./peer.js";
import { portOf, portText, samePort } from "./port.js";
import type { Port } from "./port.js";

/** What {@link ConnectedPods} needs to know of its pods. */
export interface ConnectedPodsFacts {
  readonly name: string;
  /** @default - that of the HardenedNamespace around it, else that of its chart */
  readonly namespace?: string;
  /** The labels that select the pods. */
  readonly labels: StringMap;
  /** Every label that the pods are known to have. */
  readonly podLabels: StringMap;
  /** Whether the pods may have labels that nobody here knows. */
  readonly hasUnknownLabels: boolean;
  /** The ports on which the pods serve. */
  readonly ports: readonly Port[];
  /** Whose policy is written for the pods. @default - that of the HardenedNamespace around them, else NetworkEngine.networkPolicy() */
  readonly networkEngine?: NetworkEngine;
}

/** Where an object goes for which no namespace is known; validation then stops the synthesis. */
const NOWHERE = "default";

/**
 * Pods with a network policy of their own, which holds exactly the connections that were asked for: `web.allowTo(api)` and
 * `api.allowFrom(web)` say the same, and each writes both ends, the egress of the client and the ingress of the server.
 */
export abstract class ConnectedPods extends Construct {
  readonly name: string;
  readonly namespace: string;
  /** The pods as one end of connections. */
  readonly end: PodsEnd;
  /** The ports on which the pods serve. */
  readonly ports: readonly Port[];
  /** Whose policy is written for these pods. */
  readonly networkEngine: NetworkEngine;
  /** The network policy of these pods. */
  protected readonly networkPolicy: ApiObject;

  readonly #connections: Connection[] = [];
  readonly #issues: Issue[] = [];
  readonly #relaxations: Relaxation[] = [];
  /** How many of the connections nobody asked for. */
  #byDefault = 0;

  protected constructor(scope: Construct, id: string, facts: ConnectedPodsFacts) {
    super(scope, id);
    const enclosing = HardenedNamespace.of(this);
    const namespace = facts.namespace ?? enclosing?.name ?? Chart.of(this).namespace;
    this.name = facts.name;
    this.namespace = namespace ?? NOWHERE;
    this.ports = facts.ports;
    this.end = { kind: "pods", name: facts.name, namespace: this.namespace, labels: facts.labels };
    this.networkEngine = facts.networkEngine ?? enclosing?.networkEngine ?? NetworkEngine.networkPolicy();
    this.networkPolicy = this.createNetworkPolicy();
    if (enclosing === undefined) this.allowTo(Peer.dns());
    this.#byDefault = this.#connections.length;
    const known = KnownPods.of(this);
    known.add(this.end, facts, enclosing !== undefined);
    validateWith(this, () => [
      ...checkFacts(facts, namespace),
      ...known.checkName(this.end),
      ...this.#issues,
      ...this.#connections.flatMap((c) => [...known.checkSelector(c, this.end), ...this.checkEngine(c)]),
      ...checkPortSums(isolationOf(this.end, this.#connections)),
    ]);
  }

  /** The connections that begin or end here. */
  get connections(): readonly Connection[] {
    return [...this.#connections];
  }

  /** The other ends of the connections that somebody asked for. */
  protected get asked(): readonly ConnectionEnd[] {
    return this.#connections.slice(this.#byDefault).map(({ from, to }) => (from === this.end ? to : from));
  }

  /**
   * Lets these pods open connections to `server`.
   *
   * @param server Who listens.
   * @param ports Ports of the server's containers. @default - all ports of the server
   */
  allowTo(server: ConnectedPods | Peer, ...ports: readonly (number | Port)[]): void {
    const to = server.end;
    const chosen = ports.length === 0 ? server.ports : ports.map(portOf);
    this.connect("allowTo", { from: this.end, to, ports: chosen }, server, server);
  }

  /**
   * Lets `client` open connections to these pods.
   *
   * @param client Who calls.
   * @param ports Ports of these pods' containers. @default - all of them
   */
  allowFrom(client: ConnectedPods | Peer, ...ports: readonly (number | Port)[]): void {
    const chosen = ports.length === 0 ? this.ports : ports.map(portOf);
    this.connect("allowFrom", { from: client.end, to: this.end, ports: chosen }, client, this);
  }

  private connect(
    call: string,
    connection: Connection,
    other: ConnectedPods | Peer,
    server: ConnectedPods | Peer,
  ): void {
    const path = `${call}(${other.end.name})`;
    this.#issues.push(
      ...checkConnection(path, connection),
      ...checkServes(path, connection, server),
      ...checkSameApp(path, this, other),
    );
    this.#connections.push(connection);
    if (other instanceof Peer) {
      if (other.relaxation !== undefined) this.#relaxations.push(other.relaxation);
    } else if (other !== this) other.#connections.push(connection);
  }

  /** What this side's policy cannot say; the other side asks its own engine. */
  private checkEngine({ from, to, ports }: Connection): readonly Issue[] {
    if (from === this.end) return this.networkEngine.check(`allowTo(${to.name})`, { end: to, ports });
    return this.networkEngine.check(`allowFrom(${from.name})`, { end: from, ports });
  }

  private createNetworkPolicy(): ApiObject {
    return objectOf(this, "NetworkPolicy", {
      ...this.networkEngine.type,
      name: this.name,
      namespace: this.namespace,
      relaxations: () => this.#relaxations,
      body: { spec: lazy(() => this.networkEngine.render(isolationOf(this.end, this.#connections)).spec) },
    });
  }
}

/** All connections in a construct tree, each once, in the order in which they were made. */
export function connectionsOf(scope: IConstruct): readonly Connection[] {
  const pods = scope.node.findAll().filter((c) => c instanceof ConnectedPods);
  return [...new Set(pods.flatMap((p) => p.connections))];
}

function checkFacts({ name, labels }: ConnectedPodsFacts, namespace: string | undefined): readonly Issue[] {
  const issues = [...checkName("name", name)];
  if (Object.keys(labels).length === 0)
    issues.push(
      issue("Required", "labels", "must hold at least one label", labels, "Give a label that only these pods carry"),
    );
  if (namespace !== undefined) return [...issues, ...checkName("namespace", namespace)];
  const advice = "Make it inside a HardenedNamespace, or give 'namespace'";
  return [...issues, issue("Required", "namespace", "must be known", undefined, advice)];
}

/** The policy at the other end would be written by another synthesis, or by none. */
function checkSameApp(path: string, self: ConnectedPods, other: ConnectedPods | Peer): readonly Issue[] {
  if (other instanceof Peer || other.node.root === self.node.root) return [];
  const { namespace, labels } = other.end;
  const advice = `Say Peer.pods({ namespace: '${namespace}', labels: ${JSON.stringify(labels)}, ports }) here, and the like in the other app`;
  return [issue("NotAllowed", path, "must be a workload of the same app, or a Peer", other.node.path, advice)];
}

/** A port that our own server does not declare would open a way to nothing. Of a foreign peer nobody knows. */
function checkServes(path: string, connection: Connection, server: ConnectedPods | Peer): readonly Issue[] {
  if (server instanceof Peer) return [];
  return connection.ports
    .filter((port) => !server.ports.some((served) => samePort(served, port)))
    .map((port) =>
      issue(
        "NotFound",
        path,
        `must be a port of '${server.name}' (${server.ports.map(portText).join(", ")})`,
        portText(port),
        "Name the container's port, not that of a Service",
      ),
    );
}
