import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, World } from "../../plan/world/index.js";
import { EKS_CLUSTER, PLACEHOLDER } from "../../plan/world/index.js";
import { KEY, keyOf } from "./kms.js";
import type { KeyUse } from "./kms.js";

/** Wire token of a log group. */
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** A planned use of a planned key, and the place that names the key. */
export interface KeyConsumer {
  readonly consumer: PlannedResource;
  readonly at: Cursor;
  readonly key: PlannedResource;
  /** What the consumer has to be allowed; any one missing is a fault. */
  readonly uses: readonly KeyUse[];
  /** For messages: `CloudWatch Logs`. */
  readonly who: string;
}

/** A service that uses keys by itself, as its documentation says what its policy needs. */
interface Service {
  readonly who: string;
  readonly principal: RegExp;
  readonly actions: readonly string[];
  readonly through: string;
  /** Key of the encryption context that holds the consumer's ARN, and what stands in that before its name. */
  readonly context?: readonly [key: string, before: string];
  /** Whether the call names the consumer's ARN in `aws:SourceArn` too. */
  readonly namesSource?: true;
}

const LOGS: Service = {
  who: "CloudWatch Logs",
  // The one whose name has the suffix of its partition: `logs.cn-north-1.amazonaws.com.cn` (aws-cdk `region-info`).
  principal: /^logs\.(amazonaws\.com(\.cn)?|cn-[^.]+\.amazonaws\.com\.cn|(?!cn-)[^.]+\.amazonaws\.com)$/,
  actions: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
  through: "logs",
  context: ["aws:logs:arn", "log-group:"],
};
const CLOUDTRAIL: Service = {
  who: "CloudTrail",
  principal: /^cloudtrail\.amazonaws\.com(\.cn)?$/,
  actions: ["kms:GenerateDataKey"],
  through: "cloudtrail",
  context: ["aws:cloudtrail:arn", "trail/"],
  namesSource: true,
};

/** Services that need a statement of the key's own, by the type and the input that name the key. */
const BY_SERVICE: readonly (readonly [type: string, input: string, service: Service])[] = [
  [LOG_GROUP, "kmsKeyId", LOGS],
  ["aws:cloudtrail/trail:Trail", "kmsKeyId", CLOUDTRAIL],
];

/** Services by which a key's statement can be recognised. */
export const KEY_SERVICES: readonly Service[] = [LOGS, CLOUDTRAIL];

const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Wire tokens of everything whose use of keys is known here. */
export const CONSUMER_TYPES = [...BY_SERVICE.map(([type]) => type), LAUNCH_TEMPLATE, EKS_CLUSTER] as const;

/** The role by which node groups and Auto Scaling groups start instances. */
const AUTO_SCALING = "AWSServiceRoleForAutoScaling";

/** Every planned use of a planned key that needs a statement of the key's own. */
export function keyConsumers(world: World): readonly KeyConsumer[] {
  const byService = BY_SERVICE.flatMap(([type, input, service]) =>
    world.ofType(type).flatMap((consumer) => {
      const at = world.inputsOf(consumer).at(input);
      const { principal, actions, through, who, context, namesSource } = service;
      const name = world.inputsOf(consumer).at("name").text();
      const shown = typeof name === "string" ? name : PLACEHOLDER;
      const resource = `${context?.[1] ?? ""}${shown}`;
      const given = {
        ...(context !== undefined && { encryptionContext: { key: context[0], resource } }),
        ...(namesSource === true && { sourceResource: resource }),
      };
      const uses = actions.map((action) => ({
        user: { kind: "service" as const, principal },
        action,
        through,
        ...given,
      }));
      return consumerAt(world, consumer, at, who, uses);
    }),
  );
  return [...byService, ...world.ofType(LAUNCH_TEMPLATE).flatMap((template) => volumesOf(world, template))];
}

/** Volumes of a template that a node group or an Auto Scaling group starts instances from. */
function volumesOf(world: World, template: PlannedResource): readonly KeyConsumer[] {
  const isUsed = world
    .mentionsOf(template.urn)
    .some(({ resource }) => /^aws:(eks\/nodeGroup|autoscaling\/group):/.test(resource.type));
  if (!isUsed) return [];
  const actions = ["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:CreateGrant"];
  const user = { kind: "serviceRole" as const, name: AUTO_SCALING };
  const uses = actions.map((action) => ({ user, action, through: "ec2" }));
  const keys = world
    .inputsOf(template)
    .at("blockDeviceMappings")
    .items()
    .flatMap((mapping) => consumerAt(world, template, mapping.at("ebs", "kmsKeyId"), "Auto Scaling", uses));
  return keys.filter(({ key }, i) => keys.findIndex((one) => one.key === key) === i);
}

function consumerAt(
  world: World,
  consumer: PlannedResource,
  at: Cursor,
  who: string,
  uses: readonly KeyUse[],
): readonly KeyConsumer[] {
  const key = at.isAbsent ? undefined : keyOf(world, consumer, at);
  return key?.type !== KEY ? [] : [{ consumer, at, key, uses, who }];
}
