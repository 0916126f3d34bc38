import fc from "fast-check";
import { monthlyCost } from "../../cost/index.js";
import { Concat, Ref, Unknown } from "../../plan/model/index.js";
import { World } from "../../plan/world/index.js";
import { deployment, plan, resource, urn } from "../report/support.js";
import { aws, costOf, leftOut, partsOf, TODAY } from "./support.js";

describe("what costs the same whatever it does", () => {
  it.each([
    ["a control plane", aws("eks/cluster:Cluster", { version: "1.36" }), { "control plane": [73, 1] }],
    [
      "one in extended support",
      aws("eks/cluster:Cluster", { version: "1.32" }),
      { "control plane": [73, 1], "extended support": [365, 1] },
    ],
    [
      "one that AWS upgrades instead",
      aws("eks/cluster:Cluster", { version: "1.32", upgradePolicy: { supportType: "STANDARD" } }),
      { "control plane": [73, 1] },
    ],
    [
      "an interface endpoint, by zone",
      aws("ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Interface", subnetIds: ["a", "b", "c"] }),
      { "VPC endpoints": [24.09, 3] },
    ],
    ["a gateway endpoint, which is free", aws("ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Gateway" }), {}],
    ["a NAT gateway", aws("ec2/natGateway:NatGateway"), { "NAT gateways": [35.04, 1] }],
    ["an address", aws("ec2/eip:Eip"), { "public addresses": [3.65, 1] }],
    ["a key", aws("kms/key:Key"), { keys: [1, 1] }],
    ["a copy of a key elsewhere", aws("kms/replicaKey:ReplicaKey"), { keys: [1, 1] }],
    [
      "a secret, and its copies",
      aws("secretsmanager/secret:Secret", { replicas: [{ region: "x" }] }),
      { secrets: [0.8, 2] },
    ],
    ["a hosted zone", aws("route53/zone:Zone"), { "hosted zones": [0.5, 1] }],
    ["an alarm on one metric", aws("cloudwatch/metricAlarm:MetricAlarm", { period: 300 }), { alarms: [0.1, 1] }],
    [
      "an alarm on what follows from two",
      aws("cloudwatch/metricAlarm:MetricAlarm", {
        metricQueries: [
          { id: "a", metric: { period: 60 } },
          { id: "b", metric: { period: 60 } },
          { id: "c", expression: "a+b" },
        ],
      }),
      { alarms: [0.2, 2] },
    ],
    ["a disk", aws("ebs/volume:Volume", { size: 100, type: "gp3" }), { disks: [8.8, 100] }],
    [
      "a load balancer, with an address in each zone",
      aws("lb/loadBalancer:LoadBalancer", { loadBalancerType: "network", subnets: ["a", "b"] }),
      { "load balancers": [18.4, 1], "public addresses": [7.3, 2] },
    ],
    [
      "one without addresses on the internet",
      aws("lb/loadBalancer:LoadBalancer", { internal: true, subnets: ["a", "b"] }),
      { "load balancers": [18.4, 1] },
    ],
    ["a classic load balancer", aws("elb/loadBalancer:LoadBalancer"), { "load balancers": [20.44, 1] }],
  ] as const)("%s", (_what, one, parts) => {
    expect(partsOf([one])).toEqual(parts);
  });

  it.each([
    ["firewall endpoints", aws("networkfirewall/firewall:Firewall", { subnetMappings: [{}, {}] }), [576.7, 2]],
    ["transit gateway attachments", aws("ec2transitgateway/vpcAttachment:VpcAttachment"), [36.5, 1]],
    ["Client VPN associations", aws("ec2clientvpn/networkAssociation:NetworkAssociation"), [73, 1]],
    ["resolver addresses", aws("route53/resolverEndpoint:ResolverEndpoint", { ipAddresses: [{}, {}] }), [182.5, 2]],
    [
      "provisioned control plane",
      aws("eks/cluster:Cluster", { controlPlaneScalingConfig: { tier: "tier-xl" } }),
      [1204.5, 1],
    ],
  ] as const)("%s, of which there is a price in one Region alone", (name, one, part) => {
    expect(partsOf([one], "us-east-1")[name]).toEqual(part);
    expect(leftOut([one])).toContainEqual([name, "noPrice", `no price of ${name} in eu-west-1`]);
  });
});

describe("nodes", () => {
  const template = aws("ec2/launchTemplate:LaunchTemplate", {
    blockDeviceMappings: [
      { deviceName: "/dev/xvda", ebs: { volumeType: "gp3" } },
      { deviceName: "/dev/xvdb", ebs: { volumeType: "gp3", volumeSize: 50 } },
    ],
  });
  const group = (inputs: Parameters<typeof aws>[1]) =>
    aws("eks/nodeGroup:NodeGroup", {
      scalingConfig: { minSize: 1, desiredSize: 3, maxSize: 9 },
      instanceTypes: ["m6i.large"],
      launchTemplate: { id: new Ref(template.urn, "id"), version: "1" },
      ...inputs,
    });

  it("count as many as there are to begin with, with the disks of their template", () => {
    expect(partsOf([template, group({})])).toEqual({ nodes: [234.33, 3], disks: [13.2, 150] });
    expect(leftOut([template, group({})])).toEqual([
      ["disks", "imageSize", "the image of a machine decides how large its first disk is"],
    ]);
  });

  it("cost at most the dearest type when they are spot machines, and the first type otherwise", () => {
    const types = { instanceTypes: ["t3.large", "m6i.large"] };
    expect(partsOf([template, group(types)])["nodes"]).toEqual([199.73, 3]);
    const spot = costOf([template, group({ ...types, capacityType: "SPOT" })]);
    expect(spot.parts[0]).toMatchObject({
      monthly: 234.33,
      estimate: "spot machines cost at most the on-demand price that is counted",
    });
  });

  it("are of the type that EKS takes when nobody names one", () => {
    expect(partsOf([group({ instanceTypes: [], launchTemplate: null })])["nodes"]).toEqual([99.86, 3]);
  });

  it("are not counted when their number, type or price is not known", () => {
    expect(leftOut([template, group({ scalingConfig: new Unknown() })])).toEqual([
      ["nodes", "unknown", "how many nodes there will be is not known"],
    ]);
    expect(leftOut([template, group({ instanceTypes: [new Unknown()] })])[1]).toEqual([
      "nodes",
      "unknown",
      "the machine type is not known",
    ]);
    expect(leftOut([template, group({ instanceTypes: ["x9.huge"] })])[1]).toEqual([
      "nodes",
      "noPrice",
      "no price of x9.huge in eu-west-1",
    ]);
  });

  it("of an Auto Scaling group count as many as are wanted, or as there are at least", () => {
    const machines = aws("ec2/launchTemplate:LaunchTemplate", { instanceType: "t4g.micro" });
    const asg = (inputs: Parameters<typeof aws>[1]) =>
      aws("autoscaling/group:Group", { launchTemplate: { id: new Ref(machines.urn, "id") }, ...inputs });
    expect(partsOf([machines, asg({ minSize: 2, maxSize: 4 })])).toEqual({ machines: [13.43, 2] });
    expect(partsOf([machines, asg({ minSize: 1, desiredCapacity: 4 })])).toEqual({ machines: [26.86, 4] });
  });

  it("that run on their own count with their disks and their address", () => {
    const inputs = {
      instanceType: "t3.micro",
      rootBlockDevice: { volumeSize: 8, volumeType: "gp3" },
      associatePublicIpAddress: true,
    };
    expect(partsOf([aws("ec2/instance:Instance", inputs)])).toEqual({
      machines: [8.32, 1],
      disks: [0.7, 8],
      "public addresses": [3.65, 1],
    });
  });
});

describe("the sum", () => {
  it("is not made without a resource of AWS", () => {
    expect(monthlyCost(new World(plan([deployment("web")])), { region: "eu-west-1", today: TODAY })).toBeUndefined();
  });

  it("names the dearest part first, and where each comes from", () => {
    const cost = costOf([
      aws("kms/key:Key", {}, { name: "a" }),
      aws("kms/key:Key", {}, { name: "b" }),
      aws("ec2/natGateway:NatGateway"),
    ]);
    expect(cost).toEqual({
      currency: "USD",
      region: "eu-west-1",
      pricesCollected: "2026-11-21",
      regionPriced: true,
      total: 37.04,
      parts: [
        { name: "NAT gateways", monthly: 35.04, count: 1, resources: ["aws:ec2/natGateway:NatGateway x"] },
        { name: "keys", monthly: 2, count: 2, resources: ["aws:kms/key:Key a", "aws:kms/key:Key b"] },
      ],
      notCounted: [],
    });
  });

  it("leaves out what is deleted and what is only read", () => {
    expect(
      partsOf([
        aws("kms/key:Key", {}, { name: "a" }),
        aws("kms/key:Key", {}, { name: "b", operation: "delete" }),
        aws("kms/key:Key", {}, { name: "c", operation: "read" }),
      ]),
    ).toEqual({ keys: [1, 1] });
  });

  it("prices a resource where it is: by its own word, its provider's, or the run's", () => {
    const east = resource("pulumi:providers:aws", "east", { inputs: { region: "us-east-1" } });
    const nat = (name: string, rest: object) => aws("ec2/natGateway:NatGateway", {}, { name, ...rest });
    expect(partsOf([east, nat("a", {}), nat("b", { provider: east.urn })])["NAT gateways"]).toEqual([67.89, 2]);
    expect(partsOf([aws("ec2/natGateway:NatGateway", { region: "us-east-1" })])).toEqual({
      "NAT gateways": [32.85, 1],
    });
  });

  it("is in the Region of the first provider that has one when the run has none, and nowhere without", () => {
    const east = resource("pulumi:providers:aws", "east", { inputs: { region: "us-east-1" } });
    const of = (provider: object) => new World(plan([east, aws("kms/key:Key", {}, provider)]));
    expect(monthlyCost(of({ provider: east.urn }), { today: TODAY })?.region).toBe("us-east-1");
    expect(monthlyCost(of({}), { today: TODAY })).toBeUndefined();
  });

  it("takes no other Region's price for one without", () => {
    const cost = costOf([aws("kms/key:Key")], "eu-central-1");
    expect([cost.regionPriced, cost.total, cost.parts]).toEqual([false, 0, []]);
    expect(leftOut([aws("kms/key:Key")], "eu-central-1")).toEqual([
      ["keys", "noPrice", "no price of keys in eu-central-1"],
    ]);
  });

  it("names what costs by use alone, and what costs by the hour without a price", () => {
    expect(leftOut([aws("guardduty/detector:Detector"), aws("rds/instance:Instance")])).toEqual([
      ["GuardDuty", "byUse", "GuardDuty costs by what it reads and by core of nodes"],
      ["databases, caches and queues", "noPrice", "they cost by the hour, and no price is kept here"],
    ]);
  });

  it("is the sum of its parts, and never less when there is more", () => {
    const kinds = [
      aws("kms/key:Key"),
      aws("ec2/natGateway:NatGateway"),
      aws("eks/cluster:Cluster"),
      aws("ec2/instance:Instance", { instanceType: "t4g.micro" }),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(kinds.length - 1), { minLength: 1, maxLength: 12 }), (picked) => {
        const all = picked.map((kind, i) => {
          const one = kinds[kind] ?? aws("kms/key:Key");
          return { ...one, name: String(i), urn: urn(one.type, String(i)) };
        });
        const cost = costOf(all);
        expect(cost.total).toBeCloseTo(
          cost.parts.reduce((sum, part) => sum + part.monthly, 0),
          1,
        );
        expect(cost.total).toBeGreaterThanOrEqual(costOf(all.slice(0, 1)).total);
      }),
    );
  });

  it("counts text with a reference in it as not known", () => {
    const type = new Concat(["m6i.", new Unknown()]);
    expect(leftOut([aws("ec2/instance:Instance", { instanceType: type })])).toContainEqual([
      "machines",
      "unknown",
      "the machine type is not known",
    ]);
  });
});
