import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { Isolation, Way } from "../connection.js";
import { portText } from "../port.js";
import { calicoSpec } from "./calico.js";
import { ciliumSpec } from "./cilium.js";
import { networkPolicySpec } from "./network-policy.js";

/** A network policy as an engine writes it: an object without its metadata. */
export interface RenderedNetworkPolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: object;
}

/** What an engine can tell apart beside addresses, ports and labels of pods. */
export interface EngineAbilities {
  /** Hosts outside the cluster by their names. */
  readonly hosts: boolean;
  /** Requests of plain HTTP. */
  readonly http: boolean;
}

/** Whose kind of policy an isolation is written as. The connections are the same, and so are the answers. */
export class NetworkEngine {
  /**
   * The default: `NetworkPolicy` of Kubernetes, which the VPC CNI, Cilium and Calico all enforce. Both directions are always
   * named, because the VPC CNI in strict mode opens a direction that no policy names.
   */
  static networkPolicy(): NetworkEngine {
    return new NetworkEngine(
      { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
      { hosts: false, http: false },
      networkPolicySpec,
    );
  }

  /** `CiliumNetworkPolicy`, for clusters with Cilium 1.16 or later: also hosts by name (`Peer.host`) and HTTP requests (`Port.http`). */
  static cilium(): NetworkEngine {
    return new NetworkEngine(
      { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy" },
      { hosts: true, http: true },
      ciliumSpec,
    );
  }

  /** `NetworkPolicy` of Calico, for clusters whose API server serves `projectcalico.org/v3`. */
  static calico(): NetworkEngine {
    return new NetworkEngine(
      { apiVersion: "projectcalico.org/v3", kind: "NetworkPolicy" },
      { hosts: false, http: false },
      calicoSpec,
    );
  }

  /**
   * An engine of somebody else, which writes isolations as its own kind.
   *
   * @param specOf The `spec` for an isolation; must be pure, and name both directions.
   */
  static custom(
    type: { readonly apiVersion: string; readonly kind: string },
    abilities: EngineAbilities,
    specOf: (isolation: Isolation) => object,
  ): NetworkEngine {
    return new NetworkEngine(type, abilities, specOf);
  }

  private constructor(
    /** Type of the objects. */
    readonly type: { readonly apiVersion: string; readonly kind: string },
    readonly abilities: EngineAbilities,
    private readonly specOf: (isolation: Isolation) => object,
  ) {}

  /** The policy for an isolation. Pure. Ways that the engine cannot express are left closed; {@link check} finds them. */
  render(isolation: Isolation): RenderedNetworkPolicy {
    const possible = (way: Way): boolean => this.check("", way).length === 0;
    const { ingress, egress } = isolation;
    const spec = this.specOf({ ...isolation, ingress: ingress.filter(possible), egress: egress.filter(possible) });
    return { ...this.type, spec };
  }

  /** What of a way this engine cannot express. Nothing is left out silently, and nothing is opened wider instead. */
  check(path: string, { end, ports }: Way): readonly Issue[] {
    const who = `${this.type.kind} of ${this.type.apiVersion}`;
    const advice = "Choose networkEngine: NetworkEngine.cilium() where Cilium runs";
    const requests = this.abilities.http ? [] : ports.filter(({ http }) => http !== undefined);
    return [
      ...(end.kind === "hosts" && !this.abilities.hosts
        ? [
            issue(
              "Unsupported",
              path,
              `must be addresses, as ${who} knows no host names`,
              end.hosts,
              `${advice}, or name the addresses with Peer.cidr`,
            ),
          ]
        : []),
      ...requests.map((port) =>
        issue("Unsupported", path, `must be ports, as ${who} does not look into HTTP`, portText(port), advice),
      ),
    ];
  }
}
