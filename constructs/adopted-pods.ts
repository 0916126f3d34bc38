import type { Construct } from "constructs";
import { ConnectedPods } from "./connected-pods.js";
import type { StringMap } from "./manifest.js";
import type { NetworkEngine } from "./network/engine.js";
import { portOf } from "./port.js";
import type { Port, Protocol } from "./port.js";

/** Arguments of {@link AdoptedPods}. */
export interface AdoptedPodsProps {
  /** Name of their network policy. @default - the construct's id */
  readonly name?: string;
  /** @default - that of the HardenedNamespace around it, else that of its chart */
  readonly namespace?: string;
  /** The labels that select the pods; at least one. */
  readonly labels: StringMap;
  /** The ports on which the pods serve. @default - none */
  readonly ports?: readonly (number | Port)[];
  /** Whose policy is written for the pods. @default - that of the HardenedNamespace around them, else NetworkEngine.networkPolicy() */
  readonly networkEngine?: NetworkEngine;
}

/** What {@link AdoptedPods.of} reads of a workload of another library; those of cdk8s-plus fit. */
export interface LabelledWorkload {
  readonly matchLabels: StringMap;
  readonly metadata: { readonly namespace?: string | undefined };
  readonly containers: readonly {
    readonly ports: readonly { readonly number: number; readonly protocol?: string | undefined }[];
  }[];
}

/**
 * Pods that something else makes (cdk8s-plus, a Helm chart) in a namespace of yours, with connections like those of any
 * workload here. Their network policy closes everything else for them, in both directions.
 *
 * @example web.allowTo(new AdoptedPods(shop, "cache", { labels: { "app.kubernetes.io/name": "valkey" }, ports: [6379] }));
 */
export class AdoptedPods extends ConnectedPods {
  /** The pods of a workload of cdk8s-plus, with the ports that its containers have now. */
  static of(scope: Construct, id: string, workload: LabelledWorkload): AdoptedPods {
    const { namespace } = workload.metadata;
    const ports = workload.containers.flatMap((c) =>
      c.ports.map((p) => ({ port: p.number, protocol: protocolOf(p.protocol) })),
    );
    return new AdoptedPods(scope, id, {
      labels: workload.matchLabels,
      ports,
      ...(namespace === undefined ? {} : { namespace }),
    });
  }

  constructor(scope: Construct, id: string, props: AdoptedPodsProps) {
    const { namespace, networkEngine } = props;
    super(scope, id, {
      name: props.name ?? id,
      labels: props.labels,
      podLabels: props.labels,
      hasUnknownLabels: true,
      ports: (props.ports ?? []).map(portOf),
      ...(namespace === undefined ? {} : { namespace }),
      ...(networkEngine === undefined ? {} : { networkEngine }),
    });
  }
}

/** Kubernetes reads a port without a protocol as TCP. */
function protocolOf(text: string | undefined): Protocol {
  return text === "UDP" || text === "SCTP" ? text : "TCP";
}
