import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { checkName, validateWith } from "../checks.js";
import { objectOf } from "../objects.js";
import { checkRoutes, connectRoute } from "./routes.js";
import type { IngressRoute } from "./routes.js";
import { checkHeaders, headersOf } from "./security-headers.js";
import type { SecurityHeaders } from "./security-headers.js";
import { GATEWAY_API } from "./tls-gateway.js";
import type { TlsGateway } from "./tls-gateway.js";

/** Arguments of {@link TlsRoute}. */
export interface TlsRouteProps {
  /** @default - the construct's id */
  readonly name?: string;
  readonly gateway: TlsGateway;
  /** One of the gateway's. */
  readonly host: string;
  /** Paths and who answers them; at least one, all to workloads of one namespace, where the route lies. */
  readonly paths: readonly Omit<IngressRoute, "host">[];
  /** `{}` for the usual ones. @default - those of the backends */
  readonly headers?: SecurityHeaders;
}

/**
 * Requests for one host of a `TlsGateway` and who answers them: an HTTPRoute that hangs at the host's HTTPS listener. Each
 * backend lets the gateway's proxies, and nobody else, to the port that is routed.
 */
export class TlsRoute extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: TlsRouteProps) {
    super(scope, id);
    this.name = props.name ?? id;
    const { gateway, host, headers } = props;
    const routes = props.paths.map((path) => ({ ...path, host }));
    const [first] = routes;
    const rules = routes.map((route) => this.ruleOf(route, gateway, headers));
    validateWith(this, () => [
      ...checkName("name", this.name),
      ...checkRoutes(routes).map((found) => ({ ...found, path: found.path.replace("routes", "paths") })),
      ...checkHostOf(gateway, host),
      ...checkHeaders("headers", headers),
    ]);
    if (first === undefined) return;

    const { namespace } = first.backend;
    const parent = { name: gateway.name, ...(gateway.namespace === namespace ? {} : { namespace: gateway.namespace }) };
    const object = objectOf(this, "Resource", {
      apiVersion: GATEWAY_API,
      kind: "HTTPRoute",
      name: this.name,
      namespace,
      body: {
        spec: {
          parentRefs: gateway.listenersOf(host).map((sectionName) => ({ ...parent, sectionName })),
          hostnames: [host],
          rules,
        },
      },
    });
    object.node.addDependency(gateway, ...new Set(routes.map(({ backend }) => backend)));
  }

  private ruleOf(route: IngressRoute, gateway: TlsGateway, headers: SecurityHeaders | undefined): object {
    const { serviceName, port } = connectRoute(route, gateway.source);
    const set = Object.entries(headersOf(headers ?? {})).map(([name, value]) => ({ name, value }));
    return {
      matches: [{ path: { type: "PathPrefix", value: route.path ?? "/" } }],
      ...(headers === undefined
        ? {}
        : { filters: [{ type: "ResponseHeaderModifier", responseHeaderModifier: { set } }] }),
      backendRefs: [{ name: serviceName, port }],
    };
  }
}

function checkHostOf(gateway: TlsGateway, host: string): readonly Issue[] {
  if (gateway.hosts.includes(host)) return [];
  const rule = `must be a host of the gateway (${gateway.hosts.join(", ")})`;
  return [issue("NotFound", "host", rule, host, "Add it to the gateway's 'hosts'")];
}
