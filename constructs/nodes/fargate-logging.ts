import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { hasToken } from "../../core/token.js";
import { validateWith } from "../checks.js";
import { HardenedNamespace } from "../namespace.js";
import { objectOf } from "../objects.js";

/** Arguments of {@link FargateLogging}; both may be tokens. */
export interface FargateLoggingProps {
  /** `eu-west-1`. */
  readonly region: string;
  /** The log group, which is there already; the role of the Fargate profile may write to it, `logGroupArn` of `FargateProfile`. */
  readonly logGroupName: string;
}

const NAMESPACE = "aws-observability";

/**
 * Where the output of pods on Fargate goes: the ConfigMap that Fargate's own Fluent Bit reads when it starts a pod. Its group is
 * not made here, nor by Fargate: it would be unencrypted and for ever
 * (https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html).
 */
export class FargateLogging extends Construct {
  constructor(scope: Construct, id: string, props: FargateLoggingProps) {
    super(scope, id);
    // No pod ever runs here; the label is what Fargate looks for.
    const namespace = new HardenedNamespace(this, "Namespace", {
      name: NAMESPACE,
      labels: { "aws-observability": "enabled" },
    });
    const lines = [
      "[OUTPUT]",
      "    Name cloudwatch_logs",
      "    Match *",
      `    region ${props.region}`,
      `    log_group_name ${props.logGroupName}`,
      "    log_stream_prefix fargate-",
      "    auto_create_group false",
    ];
    const config = objectOf(this, "Config", {
      apiVersion: "v1",
      kind: "ConfigMap",
      name: "aws-logging",
      namespace: NAMESPACE,
      body: { data: { "output.conf": `${lines.join("\n")}\n` } },
    });
    config.node.addDependency(namespace);
    validateWith(this, () => [
      ...checkWord("region", props.region, "eu-west-1"),
      ...checkWord("logGroupName", props.logGroupName, "/aws/eks/prod/fargate"),
    ]);
  }
}

/** A blank or a line break would be another setting of Fluent Bit. */
function checkWord(path: string, text: string, example: string): readonly Issue[] {
  if (hasToken(text) || /^[A-Za-z0-9_/.#-]+$/.test(text)) return [];
  return [issue("Malformed", path, "must be one name, without blanks", text, `Write it like '${example}'`)];
}
