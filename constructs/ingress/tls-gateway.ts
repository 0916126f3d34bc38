import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { checkHost, checkName, checkPlain, checkSubdomain, validateWith } from "../checks.js";
import { NAMESPACE_NAME_LABEL } from "../connection.js";
import type { StringMap } from "../manifest.js";
import { HardenedNamespace } from "../namespace.js";
import { namespaceName } from "../namespace-target.js";
import type { NamespaceTarget } from "../namespace-target.js";
import { objectOf } from "../objects.js";
import type { Peer } from "../peer.js";
import { PlainHttp } from "./plain-http.js";

/** API version of Gateway and HTTPRoute, in the standard channel since Gateway API 1.0. */
export const GATEWAY_API = "gateway.networking.k8s.io/v1";

const HTTP_LISTENER = "http";

/** Arguments of {@link TlsGateway}. */
export interface TlsGatewayProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** @default - the `HardenedNamespace` around the construct */
  readonly namespace?: string;
  /** Name of the GatewayClass, whose controller must be there. */
  readonly gatewayClassName: string;
  /** Full host names, at least one; each gets a listener of its own. */
  readonly hosts: readonly string[];
  /** The TLS Secret for all hosts, in the gateway's namespace, such as a certificate's. */
  readonly tlsSecretName: string;
  /** Where the gateway's proxies run, hence where traffic to the backends comes from. */
  readonly source: Peer;
  /** Namespaces whose routes may hang here, beside the gateway's own. @default - none */
  readonly routesFrom?: readonly NamespaceTarget[];
  /** What answers on port 80. @default PlainHttp.closed() */
  readonly plainHttp?: PlainHttp;
  /** Settings of TLS that only this controller knows, such as its oldest version; the standard has none. @default - none */
  readonly tlsOptions?: StringMap;
}

/**
 * The way into the cluster by Gateway API: a Gateway (`gateway.networking.k8s.io/v1`) with one HTTPS listener a host, to which
 * only routes of named namespaces are attached. Limits of rates and logins are no part of the standard: use those of the
 * controller.
 */
export class TlsGateway extends Construct {
  readonly name: string;
  readonly namespace: string;
  readonly hosts: readonly string[];
  /** Where the proxies run. */
  readonly source: Peer;
  readonly plainHttp: PlainHttp;

  constructor(scope: Construct, id: string, props: TlsGatewayProps) {
    super(scope, id);
    const namespace = props.namespace ?? HardenedNamespace.of(this)?.name;
    this.name = props.name ?? id;
    this.namespace = namespace ?? "";
    this.hosts = [...props.hosts];
    this.source = props.source;
    this.plainHttp = props.plainHttp ?? PlainHttp.closed();

    this.createGateway(props);
    if (this.plainHttp.choice === "redirected") this.createRedirect();
    validateWith(this, () => [...checkPlace(namespace), ...checkGateway(this.name, props)]);
  }

  /** The listeners of a host, for `parentRefs` of a route: HTTPS, and plain HTTP where it is served. */
  listenersOf(host: string): readonly string[] {
    return [host, ...(this.plainHttp.choice === "served" ? [HTTP_LISTENER] : [])];
  }

  private createGateway({ gatewayClassName, tlsSecretName, tlsOptions, routesFrom = [] }: TlsGatewayProps): void {
    const { relaxation, choice } = this.plainHttp;
    const tls = {
      mode: "Terminate",
      certificateRefs: [{ name: tlsSecretName }],
      ...(tlsOptions === undefined ? {} : { options: tlsOptions }),
    };
    const names = routesFrom.map(namespaceName);
    const allowedRoutes = { namespaces: this.allowedNamespaces(names) };
    const http = { name: HTTP_LISTENER, protocol: "HTTP", port: 80 };
    objectOf(this, "Resource", {
      apiVersion: GATEWAY_API,
      kind: "Gateway",
      name: this.name,
      namespace: this.namespace,
      relaxations: () => (relaxation === undefined ? [] : [relaxation]),
      body: {
        spec: {
          gatewayClassName,
          listeners: [
            // A host is a good name for a listener: unique, and the same whatever other hosts there are.
            ...this.hosts.map((host) => ({
              ...{ name: host, hostname: host, protocol: "HTTPS", port: 443, tls, allowedRoutes },
            })),
            ...(choice === "served" ? [{ ...http, allowedRoutes }] : []),
            ...(choice === "redirected" ? [{ ...http, allowedRoutes: { namespaces: { from: "Same" } } }] : []),
          ],
        },
      },
    });
  }

  private allowedNamespaces(names: readonly string[]): object {
    if (names.length === 0) return { from: "Same" };
    const values = [...new Set([this.namespace, ...names])];
    const matchExpressions = [{ key: NAMESPACE_NAME_LABEL, operator: "In", values }];
    return { from: "Selector", selector: { matchExpressions } };
  }

  private createRedirect(): void {
    const redirect = { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } };
    const object = objectOf(this, "Redirect", {
      apiVersion: GATEWAY_API,
      kind: "HTTPRoute",
      name: `${this.name}-redirect`,
      namespace: this.namespace,
      body: {
        spec: {
          parentRefs: [{ name: this.name, sectionName: HTTP_LISTENER }],
          hostnames: this.hosts,
          rules: [{ filters: [redirect] }],
        },
      },
    });
    object.node.addDependency(this.node.findChild("Resource"));
  }
}

function checkPlace(namespace: string | undefined): readonly Issue[] {
  if (namespace !== undefined) return checkName("namespace", namespace);
  const advice = "Make it inside a HardenedNamespace, or give 'namespace'";
  return [issue("Required", "namespace", "must be known", undefined, advice)];
}

function checkGateway(name: string, { gatewayClassName, hosts, tlsSecretName }: TlsGatewayProps): readonly Issue[] {
  const issues = [
    ...checkName("name", name),
    ...checkSubdomain("gatewayClassName", gatewayClassName),
    ...checkSubdomain("tlsSecretName", tlsSecretName),
    ...hosts.flatMap((host, i) => [...checkHost(`hosts[${i}]`, host), ...checkPlain(`hosts[${i}]`, host)]),
  ];
  if (hosts.length === 0)
    issues.push(issue("Required", "hosts", "must hold at least one host", hosts, "Name the host"));
  return [
    ...issues,
    ...hosts
      .filter((host, i) => hosts.indexOf(host) !== i)
      .map((host) => issue("Duplicate", "hosts", "must name each host once", host, "Remove one of them")),
  ];
}
