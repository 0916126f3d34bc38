import type * as pulumi from "@pulumi/pulumi";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError, refuse } from "../errors.js";
import { domainIssues } from "./domains.js";

/** The defaults of {@link NatOptions}. */
export const NAT_DEFAULTS = { perZone: true } as const;

/** What {@link Egress.nat} takes. */
export interface NatOptions extends Reason {
  /**
   * Whether each zone has a gateway of its own. With a single one, in the zone of the lowest number, all of them lose the way out
   * with that zone, and traffic between zones is paid for.
   *
   * @default true
   */
  readonly perZone?: boolean;
}

/** What {@link Egress.firewall} takes. */
export interface FirewallOptions extends NatOptions {
  /** What nodes and pods may reach: `api.example.com`, or `*.example.com` for it and all names below; 200 at most. */
  readonly domains: readonly string[];
  /**
   * ARN of the key that encrypts the rules. Its policy admits Network Firewall, which the keys of {@link EncryptionKeys} do not
   * (https://docs.aws.amazon.com/network-firewall/latest/developerguide/kms-encryption-at-rest.html).
   *
   * @default - a key of AWS: the rules hold no secret
   */
  readonly keyArn?: pulumi.Input<string>;
}

/** How many domains a list of {@link Egress.firewall} may hold. */
export const FIREWALL_DOMAINS = 200;

/** How nodes and pods reach the internet. They reach AWS services by endpoints either way. */
export class Egress {
  private constructor(
    readonly kind: "none" | "nat" | "firewall" | "external",
    readonly relaxation?: Relaxation,
    /** Whether each zone has a NAT gateway of its own; of no account without NAT gateways. */
    readonly perZone: boolean = NAT_DEFAULTS.perZone,
    /** What the firewall lets through; empty without one. */
    readonly domains: readonly string[] = [],
    /** The key of the firewall's rules; `undefined` for one of AWS. */
    readonly firewallKeyArn?: pulumi.Input<string>,
  ) {}

  /** Not at all: no internet gateway, no route. The default. */
  static none(): Egress {
    return new Egress("none");
  }

  /**
   * Through NAT gateways, which need an internet gateway and small public subnets; HTTPS only.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static nat(options: NatOptions): Egress {
    const chosen = asRunError(() => relaxation("Egress.nat", options));
    return new Egress("nat", chosen, options.perZone);
  }

  /**
   * Through a network firewall in every zone and then NAT gateways: TLS whose client asks for a listed name, HTTP for a listed
   * host, and nothing else. The name is what the client says: this keeps programs to what they are meant to reach, and does not
   * stop one that forges it.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters, or with every problem of the domains.
   */
  static firewall(options: FirewallOptions): Egress {
    const chosen = asRunError(() => relaxation("Egress.firewall", options));
    const { domains, keyArn, perZone } = options;
    refuse("Egress.firewall", domainIssues("domains", domains, FIREWALL_DOMAINS));
    return new Egress("firewall", chosen, perZone, domains, keyArn);
  }

  /**
   * By routes that somebody else adds to the route tables of the nodes, to a transit gateway, say, behind which a VPC inspects
   * what leaves. Nodes may call the internet on 443.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static external(why: Reason): Egress {
    return new Egress(
      "external",
      asRunError(() => relaxation("Egress.external", why)),
    );
  }

  /** Whether nodes have a way to the internet, so that their security group opens 443. */
  get leadsOut(): boolean {
    return this.kind !== "none";
  }

  /** Whether there are NAT gateways, which need an internet gateway. */
  get hasNat(): boolean {
    return this.kind === "nat" || this.kind === "firewall";
  }
}
