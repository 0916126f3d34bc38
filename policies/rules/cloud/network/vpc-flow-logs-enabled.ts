import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { onWorld } from "../../../shapes.js";
import { expectString, failWhole, unknown } from "../../../verdicts.js";

const VPC = "aws:ec2/vpc:Vpc";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

/** A flow log covers the VPC with `ALL` or `REJECT` traffic. There is none by default (EC2 API, `CreateFlowLogs`). */
export const vpcFlowLogsEnabled = defineRule({
  id: "vpc-flow-logs-enabled",
  title: "flow logs are written for the whole VPC",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Flow logs are what shows a machine that calls where it never called before. A log of accepted traffic alone misses every attempt that failed.",
  remediation:
    'new aws.ec2.FlowLog("flow", { vpcId: vpc.id, trafficType: "ALL", logDestination: logGroup.arn, iamRoleArn: role.arn })',
  references: references("catalogue/rules.csv: CKV2_AWS_11, AWS-0178, AwsSolutions-VPC7, AC_AWS_0369, PRW, PPB, HE", {
    "aws-security-hub": ["EC2.6"],
    "cis-aws-7": ["4.7"],
    "nsa-cisa": ["logging"],
    "pci-dss-4": ["7.2.1", "10.2.1.1", "10.2.1.2"],
    hipaa: ["164.312(b)", "164.312(c)(2)"],
    "nist-csf-2": ["DE.CM-01", "ID.AM-03"],
    "nist-800-53": ["AU-2", "AU-3", "AU-12"],
    "owasp-k8s": ["K10"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "no flow log", resources: [planned(VPC, "main", { cidrBlock: "10.0.0.0/16" })], path: "" },
      {
        title: "accepted traffic only",
        resources: [
          planned(VPC, "main", {}),
          planned(FLOW_LOG, "flow", { vpcId: ref("main", "id"), trafficType: "ACCEPT" }),
        ],
        path: "trafficType",
        on: "flow",
      },
    ],
    pass: [
      {
        title: "all traffic of the VPC",
        resources: [
          planned(VPC, "main", {}),
          planned(FLOW_LOG, "flow", { vpcId: ref("main", "id"), trafficType: "ALL" }),
        ],
      },
    ],
    unknown: [
      {
        title: "a flow log of a VPC that is named by its id",
        resources: [planned(VPC, "main", {}), planned(FLOW_LOG, "flow", { vpcId: "vpc-0123", trafficType: "ALL" })],
        path: "",
      },
    ],
  },
  ...onWorld([VPC, FLOW_LOG], function* ({ world }) {
    for (const vpc of world.ofType(VPC, "aws:ec2/defaultVpc:DefaultVpc")) {
      const logs = world.ofType(FLOW_LOG).map((log) => ({ log, at: world.inputsOf(log).at("vpcId") }));
      const own = logs.filter(({ log, at }) => world.resolve(log, at).includes(vpc)).map(({ log }) => log);
      const unclear = logs.some(({ log, at }) => !at.isAbsent && world.resolve(log, at).length === 0);
      if (own.length === 0)
        yield {
          resource: vpc,
          verdict: unclear
            ? unknown(
                world.inputsOf(vpc),
                `a flow log names its VPC by a text, so nobody can tell whether it covers VPC '${vpc.name}'`,
              )
            : failWhole(`nothing records the traffic of VPC '${vpc.name}'`),
        };
      else yield* own.slice(0, 1).map((log) => judgeLog(world, vpc, log));
    }
  }),
});

/** What a flow log records of its VPC. Without a traffic type Pulumi's provider takes `ALL`. */
function judgeLog(
  world: World,
  vpc: PlannedResource,
  log: PlannedResource,
): { readonly resource: PlannedResource; readonly verdict: Verdict } {
  const verdict = expectString(world.inputsOf(log).at("trafficType"), {
    absent: "ALL",
    accept: (type) => type === "ALL" || type === "REJECT",
    message: `the flow log of VPC '${vpc.name}' leaves out refused traffic`,
    undecided: `what the flow log of VPC '${vpc.name}' records is not known before the deployment`,
  });
  return { resource: verdict.kind === "pass" ? vpc : log, verdict };
}
