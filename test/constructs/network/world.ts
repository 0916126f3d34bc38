import { Cidr } from "../../../core/cidr.js";
import type { Protocol, StringMap } from "../../../constructs/index.js";
import type { Manifest } from "../synth.js";

/** Something that opens or accepts connections. */
export interface Endpoint {
  readonly ip: string;
  /** Absent outside the cluster. */
  readonly pod?: { readonly namespace: string; readonly labels: StringMap };
  /** The name by which it was looked up. */
  readonly host?: string;
  /** What Cilium takes it for, where it is neither a pod nor the world. */
  readonly entity?: "kube-apiserver" | "host";
}

/** An attempt to connect. */
export interface Flow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol?: Protocol;
  /** Of plain HTTP. */
  readonly request?: { readonly method: string; readonly path: string };
}

/** Labels of namespaces beside the one with their name. */
export type NamespaceLabels = Readonly<Record<string, StringMap>>;

/** Whether the policies let a flow through, by what an engine's documentation says they mean. */
export type Evaluator = (policies: readonly Manifest[], flow: Flow, namespaces?: NamespaceLabels) => boolean;

export type Direction = "ingress" | "egress";

/** A pod with the label by which the constructs select it. */
export function pod(namespace: string, name: string, ip: string): Endpoint {
  return { ip, pod: { namespace, labels: { "app.kubernetes.io/name": name } } };
}

/** A flow is open when the policies of both its pods let it pass. */
export function bothSides(flow: Flow, side: (self: Endpoint, far: Endpoint, direction: Direction) => boolean): boolean {
  return side(flow.from, flow.to, "egress") && side(flow.to, flow.from, "ingress");
}

export function hasLabels(labels: StringMap, wanted: StringMap): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** All labels of a namespace. */
export function labelsOf(namespace: string, namespaces: NamespaceLabels = {}): StringMap {
  return { ...namespaces[namespace], "kubernetes.io/metadata.name": namespace };
}

export function inBlock(ip: string, cidr: string, except: readonly string[] = []): boolean {
  const single = Cidr.parse(ip.includes(":") ? `${ip}/128` : `${ip}/32`);
  const holds = (block: string): boolean =>
    block.includes(":") === ip.includes(":") && Cidr.contains(Cidr.parse(block), single);
  return holds(cidr) && !except.some(holds);
}

export interface Condition {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface Selector {
  readonly matchLabels?: StringMap;
  readonly matchExpressions?: readonly Condition[];
}

/** A selector of Kubernetes: an empty one selects everything, and `NotIn` a missing key as well. */
export function selects({ matchLabels, matchExpressions }: Selector, labels: StringMap): boolean {
  return (
    hasLabels(labels, matchLabels ?? {}) &&
    (matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === "Exists") return value !== undefined;
      if (operator === "DoesNotExist") return value === undefined;
      const isIn = value !== undefined && values.includes(value);
      return operator === "In" ? isIn : !isIn;
    })
  );
}
