import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { checkName, validateWith } from "../checks.js";
import type { StringMap } from "../manifest.js";
import { objectOf } from "../objects.js";
import type { IngressClass, IngressPlace } from "./ingress-class.js";
import { checkRoutes, connectRoute, hostsOf } from "./routes.js";
import type { IngressRoute } from "./routes.js";

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

/** Annotations that open plain HTTP, or that put text of whoever may write an ingress into a proxy's configuration. */
const REFUSED_ANNOTATION = /\/(listen-ports|(force-)?ssl-redirect|router\.(entrypoints|tls)|([a-z]+-)?snippet)$/;

/**
 * The way into the cluster for clients outside: an Ingress (`networking.k8s.io/v1`) in which every host has TLS. Plain HTTP
 * cannot be written without a reason. Each backend lets the controller's proxies, and nobody else, to the port that is routed.
 */
export class TlsIngress extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: TlsIngressProps) {
    super(scope, id);
    this.name = props.name ?? id;
    const { className, source, tlsSecretName, relaxations } = props.ingressClass.facts;
    const hosts = hostsOf(props.routes);
    const [first] = props.routes;

    const rules = hosts.map((host) => ({
      host,
      http: {
        paths: props.routes
          .filter((route) => route.host === host)
          .map((route) => {
            const { serviceName, port } = connectRoute(route, source);
            const backend = { service: { name: serviceName, port: { number: port } } };
            return { path: route.path ?? "/", pathType: "Prefix", backend };
          }),
      },
    }));
    validateWith(this, () => checkProps(this.name, props));
    if (first === undefined) return;

    const place = { name: this.name, namespace: first.backend.namespace };
    const companions = this.createCompanions(props.ingressClass, place);
    const object = objectOf(this, "Resource", {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      ...place,
      annotations: { ...props.annotations, ...props.ingressClass.facts.annotations(place) },
      relaxations: () => relaxations,
      body: {
        spec: {
          ingressClassName: className,
          tls: [{ hosts, ...(tlsSecretName === undefined ? {} : { secretName: tlsSecretName }) }],
          rules,
        },
      },
    });
    object.node.addDependency(...new Set(props.routes.map((route) => route.backend)), ...companions);
  }

  private createCompanions({ facts }: IngressClass, place: IngressPlace): readonly Construct[] {
    return facts
      .objects(place)
      .map(({ apiVersion, kind, name, spec }) =>
        objectOf(this, `${kind}-${name}`, { apiVersion, kind, name, namespace: place.namespace, body: { spec } }),
      );
  }
}

function checkProps(name: string, { routes, ingressClass, annotations }: TlsIngressProps): readonly Issue[] {
  const own = ingressClass.facts.annotations({ name, namespace: routes[0]?.backend.namespace ?? "" });
  const taken = Object.keys(annotations ?? {}).filter((key) => key in own);
  const refused = Object.keys(annotations ?? {}).filter((key) => !taken.includes(key) && REFUSED_ANNOTATION.test(key));
  return [
    ...checkName("name", name),
    ...ingressClass.facts.issues,
    ...checkRoutes(routes),
    ...taken.map((key) =>
      issue("NotAllowed", "annotations", "must not replace those of the class", key, "Use 'ingressClass'"),
    ),
    ...refused.map((key) =>
      issue(
        "NotAllowed",
        "annotations",
        "must not open plain HTTP or write the proxy's configuration",
        key,
        "Use the choices of 'ingressClass', or patch the object where they do not reach",
      ),
    ),
  ];
}
