import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as ec2clientvpn from "@pulumi/aws/ec2clientvpn/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import type { ClusterRef } from "../cluster/reference.js";
import type { KeysRef } from "../encryption/reference.js";
import { refuse } from "../errors.js";
import { createLogGroup } from "../log-group.js";
import type { NetworkRef } from "../network/reference.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { CLUSTER_REF, NETWORK_REF, keysRef, needs } from "../reference-shapes.js";
import { anyObject, list } from "../shape.js";
import { allowApi } from "./api-callers.js";
import { reachable, resolverOf, vpnIssues } from "./vpn-plan.js";
import { authenticationOption } from "./vpn-authentication.js";
import type { VpnAuthentication } from "./vpn-authentication.js";

/** The defaults of {@link ClientVpnArgs}. */
export const CLIENT_VPN_DEFAULTS = { zones: 1, transport: "udp", sessionHours: 8 } as const;

/** Arguments of {@link ClientVpn}. */
export interface ClientVpnArgs {
  readonly network: NetworkRef;
  readonly cluster: ClusterRef;
  /** `logsKeyArn` encrypts the log of connections. */
  readonly keys: Pick<KeysRef, "logsKeyArn">;
  /** The certificate by which clients know the VPN, in ACM, in the network's Region. */
  readonly serverCertificateArn: pulumi.Input<string>;
  /** How clients prove who they are; with two ways, both are asked. */
  readonly authentication: readonly VpnAuthentication[];
  /**
   * Addresses of clients, /12 to /22, apart from the VPC and from Services; half of them are in use at once. Another block is
   * another VPN.
   */
  readonly clientCidr: Cidr;
  /**
   * Ids of the identity provider's groups whose members come through.
   *
   * @default - everybody who authenticates
   */
  readonly accessGroups?: readonly string[];
  /**
   * In how many zones the VPN has an interface. While a zone is away, its clients reconnect through another one.
   *
   * @default 1
   */
  readonly zones?: number;
  /**
   * What TLS runs over, on port 443: `tcp` passes where `udp` is blocked, and is slower.
   *
   * @default "udp"
   */
  readonly transport?: "udp" | "tcp";
  /**
   * Hours after which clients are cut off and authenticate anew.
   *
   * @default 8
   */
  readonly sessionHours?: 8 | 10 | 12 | 24;
  /**
   * What clients of AWS show when they connect, up to 1,400 characters.
   *
   * @default - nothing
   */
  readonly banner?: string;
  /**
   * Days that the log of connections is kept.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * A VPN for people, beside the bastion: they reach the interfaces of the Kubernetes API and the VPC's resolver, and nothing
 * else. Everything but the VPC's own traffic stays on the client's own line (split tunnel). Who connected when is on record.
 */
export class ClientVpn extends pulumi.ComponentResource {
  readonly endpointId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** Where people fetch client and configuration; empty without a portal. */
  readonly portalUrl: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ClientVpnArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ClientVpn", name, {}, opts);
    needs(`ClientVpn '${name}'`, args, {
      network: NETWORK_REF,
      cluster: CLUSTER_REF,
      keys: keysRef("logsKeyArn"),
      authentication: list(anyObject),
    });
    const zones = args.zones ?? CLIENT_VPN_DEFAULTS.zones;
    refuse(`ClientVpn '${name}'`, vpnIssues(args, zones));

    const securityGroup = this.createSecurityGroup(name, args);
    const endpoint = this.createEndpoint(name, args, securityGroup, opts);
    const associations = args.network.endpoints.ids
      .slice(0, zones)
      .map(
        (subnetId, i) =>
          new ec2clientvpn.NetworkAssociation(
            `${name}-zone-${i + 1}`,
            { clientVpnEndpointId: endpoint.id, subnetId },
            { parent: this },
          ),
      );
    this.authorize(name, args, endpoint, associations);

    this.endpointId = endpoint.id;
    this.securityGroupId = securityGroup.id;
    this.portalUrl = endpoint.selfServicePortalUrl;
    this.registerOutputs({ endpointId: this.endpointId, portalUrl: this.portalUrl });
  }

  /** The group of the VPN's interfaces, behind which clients have no addresses of their own. */
  private createSecurityGroup(name: string, { network, cluster, tags }: ClientVpnArgs): ec2.SecurityGroup {
    const securityGroup = new ec2.SecurityGroup(
      name,
      {
        vpcId: network.vpcId,
        description: "Client VPN: HTTPS to the Kubernetes API goes out",
        tags: named(name, tags),
      },
      { parent: this },
    );
    new vpc.SecurityGroupEgressRule(
      `${name}-to-api`,
      {
        securityGroupId: securityGroup.id,
        description: "The Kubernetes API",
        referencedSecurityGroupId: cluster.controlPlaneSecurityGroupId,
        ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443 },
        tags: named(`${name}-to-api`, tags),
      },
      { parent: this },
    );
    allowApi(this, name, { cluster, tags, key: "vpn", peer: { referencedSecurityGroupId: securityGroup.id } });
    return securityGroup;
  }

  private createEndpoint(
    name: string,
    args: ClientVpnArgs,
    securityGroup: ec2.SecurityGroup,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): ec2clientvpn.Endpoint {
    const logGroup = createLogGroup(this, `${name}-connections`, {
      keyArn: args.keys.logsKeyArn,
      retentionDays: args.logRetentionDays,
      tags: args.tags,
    });
    const { banner, network } = args;
    const portal = args.authentication.some(({ portalProviderArn }) => portalProviderArn !== undefined);
    return new ec2clientvpn.Endpoint(
      name,
      {
        description: "The Kubernetes API of one cluster",
        vpcId: network.vpcId,
        securityGroupIds: [securityGroup.id],
        serverCertificateArn: args.serverCertificateArn,
        authenticationOptions: args.authentication.map(authenticationOption),
        clientCidrBlock: args.clientCidr,
        splitTunnel: true,
        dnsServers: [resolverOf(network)],
        transportProtocol: args.transport ?? CLIENT_VPN_DEFAULTS.transport,
        vpnPort: 443,
        sessionTimeoutHours: args.sessionHours ?? CLIENT_VPN_DEFAULTS.sessionHours,
        // Otherwise the client reconnects without asking anybody.
        disconnectOnSessionTimeout: true,
        selfServicePortal: portal ? "enabled" : "disabled",
        connectionLogOptions: { enabled: true, cloudwatchLogGroup: logGroup.name },
        ...(banner === undefined ? {} : { clientLoginBannerOptions: { enabled: true, bannerText: banner } }),
        tags: named(name, args.tags),
      },
      { parent: this, dependsOn: after(opts) },
    );
  }

  private authorize(
    name: string,
    { network, accessGroups }: ClientVpnArgs,
    endpoint: ec2clientvpn.Endpoint,
    associations: pulumi.Resource[],
  ): void {
    for (const { key, cidr, description } of reachable(network))
      for (const group of accessGroups ?? [undefined])
        new ec2clientvpn.AuthorizationRule(
          group === undefined ? `${name}-to-${key}` : `${name}-to-${key}-for-${group}`,
          {
            clientVpnEndpointId: endpoint.id,
            targetNetworkCidr: cidr,
            description,
            ...(group === undefined ? { authorizeAllGroups: true } : { accessGroupId: group }),
          },
          { parent: this, dependsOn: associations },
        );
  }
}
