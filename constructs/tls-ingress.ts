import { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkHost, checkName, validateWith } from "./checks.js";
import type { IngressClass } from "./ingress-class.js";
import type { StringMap } from "./manifest.js";
import { objectOf } from "./objects.js";
import type { ExposedPort, Workload } from "./workload.js";

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

/** Arguments of {@link TlsIngress}. */
export interface TlsIngressProps {
  /** @default - the construct's id */
  readonly name?: string;
  readonly ingressClass: IngressClass;
  /** At least one, all to workloads of one namespace. */
  readonly routes: readonly IngressRoute[];
  /** Annotations beside those of the class. @default - none */
  readonly annotations?: StringMap;
}

/**
 * The way into the cluster for clients outside: an Ingress (`networking.k8s.io/v1`) in which every host has TLS. Plain HTTP
 * cannot be written. Each backend lets the controller's proxies, and nobody else, to the port that is routed.
 */
export class TlsIngress extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: TlsIngressProps) {
    super(scope, id);
    this.name = props.name ?? id;
    const { className, source, tlsSecretName, relaxation } = props.ingressClass.facts;
    const hosts = [...new Set(props.routes.map((route) => route.host))];
    const [first] = props.routes;

    const rules = hosts.map((host) => ({
      host,
      http: { paths: props.routes.filter((route) => route.host === host).map((route) => this.connect(route, source)) },
    }));
    validateWith(this, () => checkProps(this.name, props));
    if (first === undefined) return;

    const object = objectOf(this, "Resource", {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      name: this.name,
      namespace: first.backend.namespace,
      annotations: { ...props.annotations, ...props.ingressClass.facts.annotations },
      relaxations: () => (relaxation === undefined ? [] : [relaxation]),
      body: {
        spec: {
          ingressClassName: className,
          tls: [{ hosts, ...(tlsSecretName === undefined ? {} : { secretName: tlsSecretName }) }],
          rules,
        },
      },
    });
    object.node.addDependency(...new Set(props.routes.map((route) => route.backend)));
  }

  private connect({ backend, containerPort, path }: IngressRoute, source: IngressClass["facts"]["source"]): object {
    const exposed = backend.expose(containerPort);
    backend.allowFrom(source, ...targetOf(exposed));
    return {
      path: path ?? "/",
      pathType: "Prefix",
      backend: { service: { name: exposed.serviceName, port: { number: exposed.port } } },
    };
  }
}

/** Nothing for a port that the backend does not have: `expose` has reported that. */
function targetOf({ targetPort, protocol }: ExposedPort): readonly Pick<ExposedPort, "port" | "protocol">[] {
  return targetPort === 0 ? [] : [{ port: targetPort, protocol }];
}

function checkProps(name: string, { routes, ingressClass, annotations }: TlsIngressProps): readonly Issue[] {
  const issues = [...checkName("name", name), ...ingressClass.facts.issues, ...routes.flatMap(checkRoute)];
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
  const taken = Object.keys(annotations ?? {}).filter((key) => key in ingressClass.facts.annotations);
  return [
    ...issues,
    ...places
      .filter((place, i) => places.indexOf(place) !== i)
      .map((place) =>
        issue("Duplicate", "routes", "must name each host and path once", place, "Remove one of the routes"),
      ),
    ...taken.map((key) =>
      issue("NotAllowed", "annotations", "must not replace those of the class", key, "Use 'ingressClass'"),
    ),
  ];
}

function checkRoute({ host, path }: IngressRoute, i: number): readonly Issue[] {
  const issues = [...checkHost(`routes[${i}].host`, host)];
  if (path?.startsWith("/") === false)
    issues.push(issue("Malformed", `routes[${i}].path`, "must begin with '/'", path, "Write it like '/api'"));
  return issues;
}
