import { Cidr } from "../core/cidr.js";
import type { ClusterContract } from "../core/contract.js";
import { InputError, issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import { plainCidr } from "./checks.js";
import type { ConnectionEnd } from "./connection.js";
import type { StringMap } from "./manifest.js";
import { Port, portOf } from "./port.js";

/** The agent of EKS Pod Identity on every node (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html). */
export const POD_IDENTITY_AGENT_CIDR = "169.254.170.23/32";

/** Where CoreDNS runs, and the label that both its pods and its Service select by. */
const DNS_NAMESPACE = "kube-system";
const DNS_LABELS = { "k8s-app": "kube-dns" } as const;

/** The instance metadata service, by IPv4 and IPv6. */
const METADATA = ["169.254.169.254/32", "fd00:ec2::254/128"] as const;

/** Blocks that are not the internet: private use, shared use, link-local with the instance metadata service (RFC 6890). */
const NOT_INTERNET = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
] as const;

/**
 * The far end of a connection that is none of our workloads: addresses, or pods that somebody else runs. No policy is
 * written at that end; for pods in your own namespaces use `AdoptedPods`, which has both ends.
 */
export class Peer {
  /**
   * Addresses of one block.
   *
   * @param cidr A block narrower than everything; text is read as by `Cidr.parse`.
   * @param ports At least one.
   * @throws InputError when the text is no block, or the block holds all addresses or the instance metadata service.
   */
  static cidr(cidr: Cidr | string, ...ports: readonly (number | Port)[]): Peer {
    const block = plainCidr(cidr, "cidr");
    const issues = checkBlock(block);
    if (issues.length > 0) throw new InputError("Peer", issues);
    return new Peer({ kind: "addresses", name: block, cidrs: [block], except: [] }, ports.map(portOf), undefined);
  }

  /**
   * All public IPv4 addresses: everything but private and link-local ranges.
   *
   * @throws InputError when the reason is missing.
   */
  static internet(ports: readonly (number | Port)[], why: Reason): Peer {
    const except = NOT_INTERNET.map((block) => Cidr.parse(block));
    const end = { kind: "addresses", name: "the internet", cidrs: [Cidr.parse("0.0.0.0/0")], except } as const;
    return new Peer(end, ports.map(portOf), relaxation("Peer.internet", why));
  }

  /** The cluster's DNS. `HardenedNamespace` allows it for all its pods. UDP and, for long answers, TCP. */
  static dns(): Peer {
    const end = { kind: "pods", name: "the cluster's DNS", namespace: DNS_NAMESPACE, labels: DNS_LABELS } as const;
    return new Peer(end, [Port.udp(53), Port.tcp(53)], undefined);
  }

  /**
   * The API server of the cluster: its network interfaces, and the virtual address of its Service, which the VPC CNI
   * judges before it is translated.
   */
  static apiServer(contract: Pick<ClusterContract, "controlPlaneCidrs" | "serviceCidr">): Peer {
    const virtual = Cidr.parse(`${Cidr.address(contract.serviceCidr, 1)}/32`);
    return Peer.addresses(
      "the API server",
      contract.controlPlaneCidrs.length === 0 ? [] : [...contract.controlPlaneCidrs, virtual],
      443,
    );
  }

  /** The interface endpoints of AWS services in the VPC. */
  static awsEndpoints(contract: Pick<ClusterContract, "endpointCidrs">): Peer {
    return Peer.addresses("the AWS endpoints", contract.endpointCidrs, 443);
  }

  /** The EKS Pod Identity agent, from which a pod gets the credentials of its role. */
  static podIdentityAgent(): Peer {
    return Peer.addresses("the Pod Identity agent", [Cidr.parse(POD_IDENTITY_AGENT_CIDR)], 80);
  }

  /** The load balancers of the cluster. As a source it may reach all ports of the server unless some are named. */
  static loadBalancer(contract: Pick<ClusterContract, "loadBalancerCidrs">): Peer {
    return Peer.addresses("the load balancers", contract.loadBalancerCidrs);
  }

  /** Every pod of a namespace. */
  static namespace(namespace: string, ...ports: readonly (number | Port)[]): Peer {
    return new Peer({ kind: "namespace", name: namespace, namespace }, ports.map(portOf), undefined);
  }

  /** Pods with these labels in a namespace. */
  static pods(pods: {
    readonly namespace: string;
    /** At least one. */
    readonly labels: StringMap;
    /** @default - none; name them with the connection */
    readonly ports?: readonly (number | Port)[];
  }): Peer {
    const { namespace, labels, ports } = pods;
    const name = `${namespace}/${Object.values(labels).join(",")}`;
    return new Peer({ kind: "pods", name, namespace, labels }, (ports ?? []).map(portOf), undefined);
  }

  private constructor(
    readonly end: ConnectionEnd,
    /** The ports on which this peer serves; empty when it serves none. */
    readonly ports: readonly Port[],
    /** Why so many addresses; absent on a narrow peer. */
    readonly relaxation: Relaxation | undefined,
  ) {}

  private static addresses(name: string, cidrs: readonly Cidr[], ...ports: readonly number[]): Peer {
    return new Peer({ kind: "addresses", name, cidrs, except: [] }, ports.map(portOf), undefined);
  }
}

function checkBlock(block: Cidr): readonly Issue[] {
  if (Cidr.prefixLength(block) === 0)
    return [
      issue(
        "NotAllowed",
        "cidr",
        "must be narrower than all addresses",
        block,
        "Name the block, or use Peer.internet with a reason",
      ),
    ];
  if (!METADATA.some((address) => Cidr.contains(block, Cidr.parse(address)))) return [];
  const advice = "It hands out the credentials of the node: name a block without it";
  return [issue("NotAllowed", "cidr", "must not hold the instance metadata service", block, advice)];
}
