import { Cidr, HardenedDeployment, HardenedNamespace, Peer, Port } from "../../constructs/index.js";
import { CONTRACT, IMAGE, only, synth } from "./synth.js";
import type { Manifest } from "./synth.js";

const specOf = (manifests: readonly Manifest[], name: string): unknown =>
  only(manifests, "NetworkPolicy", name)["spec"];
const inNamespace = (name: string): object => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

describe("peers", () => {
  const egressTo = (peer: Peer, ...ports: readonly number[]): unknown => {
    const manifests = synth((chart) => {
      new HardenedDeployment(new HardenedNamespace(chart, "shop"), "web", { image: IMAGE }).allowTo(peer, ...ports);
    });
    return (specOf(manifests, "web") as { egress: unknown }).egress;
  };
  const block = (cidr: string): object => ({ ipBlock: { cidr } });

  test("the API server is its interfaces and the address of its Service", () => {
    expect(egressTo(Peer.apiServer(CONTRACT))).toEqual([
      {
        to: [block("10.0.192.0/28"), block("10.0.192.16/28"), block("172.20.0.1/32")],
        ports: [{ port: 443, protocol: "TCP" }],
      },
    ]);
  });

  test("AWS is reached by the endpoints of the VPC", () => {
    expect(egressTo(Peer.awsEndpoints(CONTRACT))).toEqual([
      { to: [block("10.0.193.0/26")], ports: [{ port: 443, protocol: "TCP" }] },
    ]);
  });

  test("Pod Identity needs the agent on the node and the endpoints", () => {
    const manifests = synth((chart) => {
      const web = new HardenedDeployment(new HardenedNamespace(chart, "shop"), "web", { image: IMAGE });
      expect(web.usesPodIdentity).toBe(false);
      web.usePodIdentity(CONTRACT);
      expect(web.usesPodIdentity).toBe(true);
    });
    expect(specOf(manifests, "web")).toMatchObject({
      egress: [
        { to: [block("169.254.170.23/32")], ports: [{ port: 80, protocol: "TCP" }] },
        { to: [block("10.0.193.0/26")], ports: [{ port: 443, protocol: "TCP" }] },
      ],
    });
  });

  test("blocks, namespaces and pods of others", () => {
    expect(egressTo(Peer.cidr("10.9.0.0/16", 5432, Port.udp(53)))).toEqual([
      {
        to: [block("10.9.0.0/16")],
        ports: [
          { port: 5432, protocol: "TCP" },
          { port: 53, protocol: "UDP" },
        ],
      },
    ]);
    expect(egressTo(Peer.namespace("monitoring", 4317))).toEqual([
      { to: [inNamespace("monitoring")], ports: [{ port: 4317, protocol: "TCP" }] },
    ]);
    expect(egressTo(Peer.pods({ namespace: "legacy", labels: { app: "old" } }), 80)).toEqual([
      {
        to: [{ ...inNamespace("legacy"), podSelector: { matchLabels: { app: "old" } } }],
        ports: [{ port: 80, protocol: "TCP" }],
      },
    ]);
  });

  test("the internet is a relaxation without private and link-local addresses", () => {
    const reason = "the payment service has no private endpoint";
    const manifests = synth((chart) => {
      new HardenedDeployment(new HardenedNamespace(chart, "shop"), "web", { image: IMAGE }).allowTo(
        Peer.internet([443], { reason }),
      );
    });
    const policy = only(manifests, "NetworkPolicy", "web");
    expect(policy["spec"]).toMatchObject({
      egress: [
        {
          to: [
            {
              ipBlock: {
                cidr: "0.0.0.0/0",
                except: [
                  "10.0.0.0/8",
                  "100.64.0.0/10",
                  "127.0.0.0/8",
                  "169.254.0.0/16",
                  "172.16.0.0/12",
                  "192.168.0.0/16",
                ],
              },
            },
          ],
          ports: [{ port: 443, protocol: "TCP" }],
        },
      ],
    });
    expect(policy.metadata.annotations).toEqual({
      "ringfence.dev/relaxations": JSON.stringify([{ choice: "Peer.internet", reason }]),
    });
  });

  test.each([
    ["0.0.0.0/0", "'cidr' must be narrower than all addresses"],
    ["::/0", "'cidr' must be narrower than all addresses"],
    ["169.254.0.0/16", "'cidr' must not hold the instance metadata service"],
    ["fd00::/8", "'cidr' must not hold the instance metadata service"],
    ["10.0.0.1/16", "'cidr' must be an address block"],
    ["${ringfence:cidr}", "'cidr' must be known while the program is built"],
  ])("refuses %s", (cidr, message) => {
    expect(() => Peer.cidr(cidr, 443)).toThrow(message);
  });
});

test("the API server of a cluster of IPv6 is one address of its services", () => {
  const contract = { ...CONTRACT, serviceCidr: Cidr.parse("fd30:1c53:5f8a::/108") };
  expect(Peer.apiServer(contract).end).toMatchObject({
    cidrs: ["10.0.192.0/28", "10.0.192.16/28", "fd30:1c53:5f8a::1/128"],
  });
});

test("before EKS has chosen the services of a cluster of IPv6, it is one of the block of which EKS chooses", () => {
  const contract = { ...CONTRACT, serviceCidr: Cidr.parse("fc00::/7") };
  expect(Peer.apiServer(contract).end).toMatchObject({ cidrs: ["10.0.192.0/28", "10.0.192.16/28", "fc00::/7"] });
});

test.each([
  ["eu-west-1", "sts.eu-west-1.amazonaws.com"],
  ["cn-north-1", "sts.cn-north-1.amazonaws.com.cn"],
  ["${ringfence:region}", "sts.${ringfence:region}.amazonaws.com"],
])("the endpoint of a service in %s is %s", (region, host) => {
  expect(Peer.awsEndpoint("sts", { ...CONTRACT, region }).end).toMatchObject({
    cidrs: ["10.0.193.0/26"],
    hosts: [host],
  });
});
