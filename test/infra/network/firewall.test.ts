/** The firewall between nodes and the internet: symmetric routes, what it lets through, and what it writes down. */
import { Cidr } from "../../../core/cidr.js";
import { DeletionProtection, Egress } from "../../../infra/index.js";
import { firewallEndpointOf } from "../../../infra/network/firewall.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, resource, waitsFor } from "../support.js";
import { networkPlan } from "./program.js";

const ROUTE = "aws:ec2/route:Route";
const TABLE = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const reason = "the payment provider has no private link";

const routeOf = (plan: Plan, name: string) => inputs(plan, ROUTE, name);

describe("a firewall", () => {
  const GROUP = "aws:networkfirewall/ruleGroup:RuleGroup";
  const FIREWALL = "aws:networkfirewall/firewall:Firewall";
  let made: Plan;
  beforeAll(async () => {
    made = await networkPlan({
      zones: 2,
      podCidr: Cidr.parse("100.64.0.0/16"),
      egress: Egress.firewall({ domains: ["api.example.com", "*.example.org"], reason }),
    });
  });

  test("stands between nodes and NAT in each zone, both ways", () => {
    expect(namesOf(made, ROUTE)).toEqual([
      "prod-firewall-euw1-az1-internet",
      "prod-firewall-euw1-az2-internet",
      "prod-nat-euw1-az1-internet",
      "prod-nat-euw1-az2-internet",
      "prod-node-euw1-az1-answers",
      "prod-node-euw1-az1-internet",
      "prod-node-euw1-az2-answers",
      "prod-node-euw1-az2-internet",
      "prod-pod-euw1-az1-answers",
      "prod-pod-euw1-az2-answers",
    ]);
    expect(routeOf(made, "prod-node-euw1-az2-internet")).toMatchObject({
      routeTableId: "<id of routeTable prod-routes-node-euw1-az2>",
      destinationCidrBlock: "0.0.0.0/0",
    });
    expect(routeOf(made, "prod-node-euw1-az2-internet")).not.toHaveProperty("natGatewayId");
    expect(routeOf(made, "prod-firewall-euw1-az2-internet")).toEqual({
      routeTableId: "<id of routeTable prod-routes-firewall-euw1-az2>",
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "<id of natGateway prod-nat-euw1-az2>",
    });
    expect(routeOf(made, "prod-node-euw1-az2-answers")).toMatchObject({
      routeTableId: "<id of routeTable prod-routes-nat-euw1-az2>",
      destinationCidrBlock: "10.0.32.0/19",
    });
    expect(routeOf(made, "prod-pod-euw1-az1-answers")).toMatchObject({
      routeTableId: "<id of routeTable prod-routes-nat-euw1-az1>",
      destinationCidrBlock: "100.64.0.0/19",
    });
  });

  test("leads back by the same endpoint by which it leads out", () => {
    const of = (zone: string) =>
      waitsFor(made, ROUTE, `prod-node-${zone}-internet`).filter((n) => /-firewall-/.test(n));
    expect(of("euw1-az1")).toEqual(["prod-firewall-euw1-az1"]);
    expect(of("euw1-az2")).toEqual(["prod-firewall-euw1-az2"]);
    expect(waitsFor(made, ROUTE, "prod-node-euw1-az2-answers")).toEqual(
      expect.arrayContaining(["prod-firewall", "prod-firewall-euw1-az2", "prod-routes-nat-euw1-az2"]),
    );
  });

  test("finds the endpoint of a zone by its subnet, in whatever order AWS lists them", () => {
    const state = (n: number) => ({ attachments: [{ subnetId: `subnet-${n}`, endpointId: `vpce-${n}` }] });
    const statuses = [{ syncStates: [state(2), state(1), state(3)] }];
    expect([1, 2, 3].map((n) => firewallEndpointOf(statuses, `subnet-${n}`))).toEqual(["vpce-1", "vpce-2", "vpce-3"]);
    expect(() => firewallEndpointOf(statuses, "subnet-4")).toThrow("no endpoint of the firewall in subnet subnet-4");
  });

  test("has subnets for its endpoints alone", () => {
    expect(inputs(made, FIREWALL)["subnetMappings"]).toEqual([
      { subnetId: "<id of subnet prod-firewall-euw1-az1>" },
      { subnetId: "<id of subnet prod-firewall-euw1-az2>" },
    ]);
    expect(inputs(made, TABLE, "prod-firewall-euw1-az1-routes")["routeTableId"]).toBe(
      "<id of routeTable prod-routes-firewall-euw1-az1>",
    );
    expect(inputs(made, TABLE, "prod-pod-euw1-az1-routes")["routeTableId"]).toBe(
      "<id of routeTable prod-routes-node-euw1-az1>",
    );
  });

  test("knows nodes and pods as its own, and the domains in the service's spelling", () => {
    expect(inputs(made, GROUP, "prod-firewall-domains")).toMatchObject({
      type: "STATEFUL",
      capacity: 500,
      ruleGroup: {
        ruleVariables: {
          ipSets: [
            {
              key: "HOME_NET",
              ipSet: { definitions: ["10.0.0.0/19", "100.64.0.0/19", "10.0.32.0/19", "100.64.32.0/19"] },
            },
          ],
        },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: "ALLOWLIST",
            targetTypes: ["TLS_SNI", "HTTP_HOST"],
            targets: ["api.example.com", ".example.org"],
          },
        },
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
      },
    });
  });

  test("drops what no rule lets through, says so, and lets nothing but TCP come so far", () => {
    expect(inputs(made, "aws:networkfirewall/firewallPolicy:FirewallPolicy")["firewallPolicy"]).toEqual({
      statelessRuleGroupReferences: [{ priority: 100, resourceArn: "<arn of ruleGroup prod-firewall-tcp>" }],
      statelessDefaultActions: ["aws:drop"],
      statelessFragmentDefaultActions: ["aws:drop"],
      statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "REJECT" },
      statefulRuleGroupReferences: [{ priority: 100, resourceArn: "<arn of ruleGroup prod-firewall-domains>" }],
      statefulDefaultActions: ["aws:drop_established_app_layer", "aws:alert_established_app_layer"],
    });
    expect(inputs(made, GROUP, "prod-firewall-tcp")["ruleGroup"]).toEqual({
      rulesSource: {
        statelessRulesAndCustomActions: {
          statelessRules: [
            {
              priority: 1,
              ruleDefinition: { actions: ["aws:forward_to_sfe"], matchAttributes: { protocols: [6] } },
            },
          ],
        },
      },
    });
  });

  test("writes refusals to an encrypted log group", () => {
    expect(inputs(made, "aws:networkfirewall/loggingConfiguration:LoggingConfiguration")).toEqual({
      firewallArn: "<arn of firewall prod-firewall>",
      loggingConfiguration: {
        logDestinationConfigs: [
          {
            logType: "ALERT",
            logDestinationType: "CloudWatchLogs",
            logDestination: { logGroup: "<name of logGroup prod-firewall-alerts>" },
          },
        ],
      },
    });
    expect(inputs(made, "aws:cloudwatch/logGroup:LogGroup", "prod-firewall-alerts")).toMatchObject({
      kmsKeyId: LOGS_KEY,
      retentionInDays: 365,
    });
  });

  test("is protected from deletion, and takes another zone", () => {
    expect(inputs(made, FIREWALL)).toMatchObject({
      deleteProtection: true,
      firewallPolicyChangeProtection: true,
      subnetChangeProtection: false,
      encryptionConfiguration: { type: "AWS_OWNED_KMS_KEY" },
    });
    expect(findingsIn(made)).toEqual([]);
  });
});

test("a firewall may be under a key of one's own, and deletable for a reason", async () => {
  const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/55555555-5555-5555-5555-555555555555";
  const deletionProtection = DeletionProtection.off({ reason: "torn down every night" });
  const made = await networkPlan({
    egress: Egress.firewall({ domains: ["api.example.com"], keyArn, reason }),
    deletionProtection,
  });
  expect(inputs(made, "aws:networkfirewall/firewall:Firewall")).toMatchObject({
    deleteProtection: false,
    encryptionConfiguration: { type: "CUSTOMER_KMS", keyId: keyArn },
  });
  expect(resource(made, "ringfence:infra:Network").outputs["relaxations"]).toEqual([
    { choice: "Egress.firewall", reason },
    { choice: "DeletionProtection.off", reason: "torn down every night" },
  ]);
});
