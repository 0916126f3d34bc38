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

/** Address of NodeLocal DNSCache on every node (https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/). */
export const NODE_LOCAL_DNS_CIDR = "169.254.20.10/32";

/** Where Prometheus runs when nobody says otherwise: as kube-prometheus-stack installs it. */
export const PROMETHEUS_DEFAULTS = {
  namespace: "monitoring",
  labels: { "app.kubernetes.io/name": "prometheus" },
} as const;

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
    const pods = { namespace: DNS_NAMESPACE, labels: DNS_LABELS, role: "dns" } as const;
    return new Peer({ kind: "pods", name: "the cluster's DNS", ...pods }, [Port.udp(53), Port.tcp(53)], undefined);
  }

  /** The cache of NodeLocal DNSCache on the pod's node; beside `dns()`, which it asks and which pods fall back to. */
  static nodeLocalDns(): Peer {
    const node = { cidrs: [Cidr.parse(NODE_LOCAL_DNS_CIDR)], except: [], role: "nodeAgent" } as const;
    return new Peer({ kind: "addresses", name: "the node's DNS", ...node }, [Port.udp(53), Port.tcp(53)], undefined);
  }

  /**
   * The API server of the cluster: its network interfaces, and the virtual address of its Service, which the VPC CNI
   * judges before it is translated. Of an IPv6 cluster that EKS has yet to make, the block is known of which it takes its
   * services and not the address.
   */
  static apiServer(contract: Pick<ClusterContract, "controlPlaneCidrs" | "serviceCidr">): Peer {
    const virtual = firstService(contract.serviceCidr);
    const { controlPlaneCidrs } = contract;
    const cidrs = controlPlaneCidrs.length === 0 ? [] : [...controlPlaneCidrs, virtual];
    const end = { kind: "addresses", name: "the API server", cidrs, except: [], role: "apiServer" } as const;
    return new Peer(end, [Port.tcp(443)], undefined);
  }

  /** The interface endpoints of AWS services in the VPC. */
  static awsEndpoints(contract: Pick<ClusterContract, "endpointCidrs">): Peer {
    return Peer.addresses("the AWS endpoints", contract.endpointCidrs, 443);
  }

  /**
   * The interface endpoint of one AWS service in the VPC. Its addresses are those of its neighbours too: the endpoints share
   * their subnets, so only engines that know host names (Cilium) hold a pod to this service.
   *
   * @param service Name in the host of the endpoint, as AWS writes it: `sts`, `secretsmanager`, `api.ecr`.
   */
  static awsEndpoint(service: string, contract: Pick<ClusterContract, "endpointCidrs" | "region">): Peer {
    const suffix = contract.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    const hosts = [`${service}.${contract.region}.${suffix}`];
    const end = { kind: "addresses", cidrs: contract.endpointCidrs, except: [], hosts } as const;
    return new Peer({ name: `the AWS endpoint of ${service}`, ...end }, [Port.tcp(443)], undefined);
  }

  /**
   * Hosts outside the cluster by their names, whatever their addresses are; for engines that know host names (Cilium).
   *
   * @param host A full name; `*.` in front stands for one label.
   */
  static host(host: string, ...ports: readonly (number | Port)[]): Peer {
    return new Peer({ kind: "hosts", name: host, hosts: [host] }, ports.map(portOf), undefined);
  }

  /** The EKS Pod Identity agent, from which a pod gets the credentials of its role. */
  static podIdentityAgent(): Peer {
    const node = { cidrs: [Cidr.parse(POD_IDENTITY_AGENT_CIDR)], except: [], role: "nodeAgent" } as const;
    return new Peer({ kind: "addresses", name: "the Pod Identity agent", ...node }, [Port.tcp(80)], undefined);
  }

  /** The load balancers of the cluster. As a source it may reach all ports of the server unless some are named. */
  static loadBalancer(contract: Pick<ClusterContract, "loadBalancerCidrs">): Peer {
    return Peer.addresses("the load balancers", contract.loadBalancerCidrs);
  }

  /** The Prometheus that scrapes metrics, as a source; with the labels that its operator gives it unless others are named. */
  static prometheus(where: { readonly namespace?: string; readonly labels?: StringMap } = {}): Peer {
    const namespace = where.namespace ?? PROMETHEUS_DEFAULTS.namespace;
    const labels = where.labels ?? PROMETHEUS_DEFAULTS.labels;
    return new Peer({ kind: "pods", name: "Prometheus", namespace, labels }, [], undefined);
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

/** EKS gives the services of an IPv6 cluster a block of this length; a wider one is that of which it takes it. */
const IPV6_SERVICES_PREFIX = 108;

/** The Service of the API server: the first address of the services, or their block where the address is not known yet. */
function firstService(serviceCidr: Cidr): Cidr {
  if (Cidr.range(serviceCidr).version === 4) return Cidr.parse(`${Cidr.address(serviceCidr, 1)}/32`);
  if (Cidr.prefixLength(serviceCidr) < IPV6_SERVICES_PREFIX) return serviceCidr;
  return Cidr.parse(`${Cidr.address(serviceCidr, 1)}/128`);
}
