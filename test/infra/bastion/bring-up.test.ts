/**
 * The bastion comes up in a VPC without internet: what its agent and its sessions need is there, read from a plan of network,
 * keys, cluster and bastion, and none of it can go.
 */
import { Bastion, Cluster, EncryptionKeys, Network, Principal } from "../../../infra/index.js";
import { toPlainJson } from "../../../plan/index.js";
import type { Plan, PlannedResource } from "../../../plan/index.js";
import { planIn, statements } from "../support.js";
import type { PlannedStatement } from "../support.js";

const BASTION = "<id of securityGroup prod-bastion>";
const ENDPOINTS = "<id of securityGroup prod-endpoints>";
const CONTROL_PLANE = "<id of securityGroup prod-control-plane>";

/** What the agent asks of which service. */
const CALLS = [
  ["ssm", "ssm:UpdateInstanceInformation"],
  ["ssmmessages", "ssmmessages:OpenControlChannel"],
  ["ssmmessages", "ssmmessages:OpenDataChannel"],
  ["logs", "logs:CreateLogStream"],
  ["logs", "logs:PutLogEvents"],
] as const;

type Inputs = Readonly<Record<string, unknown>>;

let made: Plan;
let grouped: Plan;
beforeAll(async () => {
  const program = (availability: "single" | "multi-zone") => () => {
    const keys = new EncryptionKeys("prod-keys", {
      administrators: [Principal.role("arn:aws:iam::111122223333:role/platform")],
    });
    const network = new Network("prod", { keys, features: ["bastion"] });
    const cluster = new Cluster("prod", { network, keys, today: new Date("2026-11-21") });
    new Bastion("prod-bastion", { network, cluster, keys, availability });
  };
  made = await planIn(program("single"));
  grouped = await planIn(program("multi-zone"));
});

const inputsOf = (plan: Plan, type: string): Inputs[] =>
  plan.resources.filter((r) => r.type === type).map((r) => toPlainJson(r.inputs) as Inputs);

const covers = (s: PlannedStatement, action: string): boolean =>
  [s.Action].flat().some((one) => one === action || (one.endsWith("*") && action.startsWith(one.slice(0, -1))));

const allows = (policy: unknown, action: string): boolean =>
  policy !== undefined && statements(policy).some((s) => s.Effect === "Allow" && covers(s, action));

/** What is missing, a line each. */
function missing(plan: Plan): string[] {
  const rules = (way: "Egress" | "Ingress") =>
    inputsOf(plan, `aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`).filter(
      (rule) => rule["fromPort"] === 443 && rule["toPort"] === 443 && rule["ipProtocol"] === "tcp",
    );
  const leaves = (from: string, to: string) =>
    rules("Egress").some((r) => r["securityGroupId"] === from && r["referencedSecurityGroupId"] === to);
  const enters = (to: string, from: string) =>
    rules("Ingress").some(
      (r) =>
        r["securityGroupId"] === to && (r["referencedSecurityGroupId"] === from || r["cidrIpv4"] === "10.0.0.0/16"),
    );
  const endpoint = (service: string) =>
    inputsOf(plan, "aws:ec2/vpcEndpoint:VpcEndpoint").find(
      (e) => e["serviceName"] === `com.amazonaws.eu-west-1.${service}`,
    );
  const rolePolicies = inputsOf(plan, "aws:iam/rolePolicy:RolePolicy").filter(
    (p) => p["role"] === "<name of role prod-bastion-role>",
  );
  const [vpc] = inputsOf(plan, "aws:ec2/vpc:Vpc");
  const machines = [
    ...inputsOf(plan, "aws:ec2/instance:Instance").map((i) => i["iamInstanceProfile"]),
    ...inputsOf(plan, "aws:ec2/launchTemplate:LaunchTemplate").map(
      (t) => (t["iamInstanceProfile"] as Inputs | undefined)?.["arn"],
    ),
  ];
  const profiles = inputsOf(plan, "aws:iam/instanceProfile:InstanceProfile");
  const logsKey = inputsOf(plan, "aws:kms/key:Key").find((k) => String(k["description"]).includes("log groups"));
  const needs: Record<string, boolean> = {
    "names resolve in the VPC": vpc?.["enableDnsSupport"] === true && vpc["enableDnsHostnames"] === true,
    "a machine with a profile": machines.some((p) => /^<(name|arn) of instanceProfile prod-bastion>$/.test(String(p))),
    "a profile with the role": profiles.some((p) => p["role"] === "<name of role prod-bastion-role>"),
    "a way out to the endpoints": leaves(BASTION, ENDPOINTS),
    "a way in at the endpoints": enters(ENDPOINTS, BASTION),
    "a way out to the API": leaves(BASTION, CONTROL_PLANE),
    "a way in at the API": enters(CONTROL_PLANE, BASTION),
    "an API inside of the VPC": inputsOf(plan, "aws:eks/cluster:Cluster").some(
      (c) => (c["vpcConfig"] as Inputs)["endpointPrivateAccess"] === true,
    ),
    "a document for sessions": inputsOf(plan, "aws:ssm/document:Document").length === 1,
    "a key that CloudWatch Logs may use": allows(logsKey?.["policy"], "kms:GenerateDataKey"),
  };
  for (const [service, action] of CALLS) {
    const found = endpoint(service);
    const groups = (found?.["securityGroupIds"] ?? []) as readonly unknown[];
    needs[`an endpoint for ${service}, by its usual name`] = found?.["privateDnsEnabled"] === true;
    needs[`the endpoint for ${service} behind the group of endpoints`] = groups.includes(ENDPOINTS);
    needs[`the endpoint lets ${action} through`] = allows(found?.["policy"], action);
    needs[`the role allows ${action}`] = rolePolicies.some((p) => allows(p["policy"], action));
  }
  return Object.entries(needs)
    .filter(([, holds]) => !holds)
    .map(([what]) => what);
}

test("everything is there, for one instance and for a group", () => {
  expect(missing(made)).toEqual([]);
  expect(missing(grouped)).toEqual([]);
});

test.each([
  ["prod-vpc", "names resolve in the VPC"],
  ["prod-bastion-to-endpoints", "a way out to the endpoints"],
  ["prod-endpoints-https", "a way in at the endpoints"],
  ["prod-bastion-to-api", "a way out to the API"],
  ["prod-bastion-at-control-plane", "a way in at the API"],
  ["prod-endpoint-ssm", "an endpoint for ssm, by its usual name"],
  ["prod-endpoint-ssmmessages", "an endpoint for ssmmessages, by its usual name"],
  ["prod-endpoint-logs", "an endpoint for logs, by its usual name"],
  ["prod-bastion-role-policy", "the role allows ssm:UpdateInstanceInformation"],
  ["prod-bastion-session", "a document for sessions"],
  ["prod-keys-logs", "a key that CloudWatch Logs may use"],
])("without %s: %s", (name, what) => {
  const left = made.resources.filter((r) => r.name !== name);
  expect(left.length).toBeLessThan(made.resources.length);
  expect(missing({ ...made, resources: left })).toContain(what);
});

test("a group's instances start: Auto Scaling may use the key of volumes", () => {
  const keyed = (r: PlannedResource) => r.type === "aws:kms/key:Key" && r.name === "prod-keys-volumes";
  const [key] = grouped.resources.filter(keyed).map((r) => toPlainJson(r.inputs) as Inputs);
  const scaling = statements(key?.["policy"]).filter((s) =>
    JSON.stringify([s.Principal, s.Condition]).includes("AWSServiceRoleForAutoScaling"),
  );
  expect(scaling.some((s) => covers(s, "kms:CreateGrant"))).toBe(true);
  expect(scaling.some((s) => covers(s, "kms:GenerateDataKeyWithoutPlaintext"))).toBe(true);
});
