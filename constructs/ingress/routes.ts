import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { checkHost } from "../checks.js";
import type { Peer } from "../peer.js";
import type { ExposedPort, Workload } from "../workload.js";

/** Requests for one host, or one path of it, and who answers them. */
export interface IngressRoute {
  /** Full host name, without wildcard; may hold tokens. */
  readonly host: string;
  /** All paths that begin so, element by element (`pathType: Prefix`). @default "/" */
  readonly path?: string;
  /** In the namespace of the ingress. Exposed, and opened to the controller's proxies, by the ingress. */
  readonly backend: Workload;
  /** @default - the backend's only port */
  readonly containerPort?: number;
}

/** Offers a route's backend and lets the proxies, and nobody else, to the port that is routed. */
export function connectRoute({ backend, containerPort }: IngressRoute, source: Peer): ExposedPort {
  const exposed = backend.expose(containerPort);
  // Port 0 stands for one that the backend does not have: `expose` has reported that.
  if (exposed.targetPort === 0) backend.allowFrom(source);
  else backend.allowFrom(source, { port: exposed.targetPort, protocol: exposed.protocol });
  return exposed;
}

/** The hosts of routes, each once. */
export function hostsOf(routes: readonly IngressRoute[]): readonly string[] {
  return [...new Set(routes.map((route) => route.host))];
}

/** The issues of routes. */
export function checkRoutes(routes: readonly IngressRoute[]): readonly Issue[] {
  const issues = [...routes.flatMap(checkRoute)];
  if (routes.length === 0)
    issues.push(
      issue("Required", "routes", "must hold at least one route", routes, "Say which host leads to which workload"),
    );
  const namespaces = [...new Set(routes.map((route) => route.backend.namespace))];
  if (namespaces.length > 1)
    issues.push(
      issue(
        "Conflict",
        "routes",
        "must lead to workloads of one namespace",
        namespaces,
        "Make one ingress for each namespace",
      ),
    );
  const places = routes.map((route) => `${route.host}${route.path ?? "/"}`);
  return [
    ...issues,
    ...places
      .filter((place, i) => places.indexOf(place) !== i)
      .map((place) =>
        issue("Duplicate", "routes", "must name each host and path once", place, "Remove one of the routes"),
      ),
  ];
}

function checkRoute({ host, path }: IngressRoute, i: number): readonly Issue[] {
  const issues = [...checkHost(`routes[${i}].host`, host)];
  if (path?.startsWith("/") === false)
    issues.push(issue("Malformed", `routes[${i}].path`, "must begin with '/'", path, "Write it like '/api'"));
  return issues;
}
