import { type Chart } from "cdk8s";
import {
  AdoptedPods,
  ClusterDeny,
  type ClusterContract,
  ClusterNetworkRules,
  HardenedDeployment,
  HardenedNamespace,
  Namespaces,
  NetworkEngine,
  Peer,
  Port,
} from "../../constructs/index.js";

/** Every way that exists, said once; both ends' policies follow. */
export function connections(chart: Chart, contract: ClusterContract, image: string): void {
  const shop = new HardenedNamespace(chart, "shop", { dns: [Peer.dns(), Peer.nodeLocalDns()] });
  const web = new HardenedDeployment(shop, "web", { image, ports: { http: 8080, metrics: 9090 } });
  const api = new HardenedDeployment(shop, "api", { image, ports: { http: 8080 } });
  const worker = new HardenedDeployment(shop, "worker", { image });
  const cache = new AdoptedPods(shop, "cache", { labels: { "app.kubernetes.io/name": "valkey" }, ports: [6379] });

  api.allowFrom(web, 8080);
  worker.allowTo(cache);
  worker.allowTo(Peer.cidr("192.0.2.0/24", 443));
  worker.allowTo(Peer.apiServer(contract));
  worker.allowTo(Peer.awsEndpoint("sts", contract));
  web.allowFrom(Peer.loadBalancer(contract), 8080);
  web.allowFrom(Peer.prometheus(), 9090);
}

/** Where Cilium runs, hosts by their names and single requests of HTTP as well. */
export function connectionsWithCilium(chart: Chart, image: string): void {
  const billing = new HardenedNamespace(chart, "billing", { networkEngine: NetworkEngine.cilium() });
  const invoices = new HardenedDeployment(billing, "invoices", { image, ports: { http: 8080 } });
  const mailer = new HardenedDeployment(billing, "mailer", { image });
  mailer.allowTo(invoices, Port.http(8080, { method: "GET", path: "/invoices/[0-9]+" }));
  mailer.allowTo(Peer.host("smtp.example.com", 587));
}

/** What no policy of a namespace can open. */
export function guardRails(chart: Chart): void {
  new ClusterNetworkRules(chart, "no-instance-metadata", {
    subject: Namespaces.except("kube-system"),
    rules: [ClusterDeny.instanceMetadata()],
  });
  new ClusterNetworkRules(chart, "tenant-a", {
    subject: Namespaces.labelled("tenant", "a"),
    rules: [ClusterDeny.ingressFrom("other-tenants", Namespaces.labelledOtherThan("tenant", "a"))],
  });
}
