import * as sns from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf, arn } from "../account.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { refuse } from "../errors.js";
import { policyDocument } from "../identity/policy-document.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { needs } from "../reference-shapes.js";
import { anyObject, list } from "../shape.js";

/** Who is told. `http` is left out: it would carry alerts without TLS. */
export interface Subscriber {
  readonly protocol: "email" | "https" | "lambda" | "sqs";
  /** An address, a URL that begins with `https://`, or the ARN of a function or queue. */
  readonly endpoint: pulumi.Input<string>;
}

/** What an endpoint of each protocol looks like (SNS, Subscribe, `Endpoint`). */
const ENDPOINTS: Readonly<Record<Subscriber["protocol"], { readonly form: RegExp; readonly like: string }>> = {
  email: { form: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, like: "on-call@example.com" },
  https: { form: /^https:\/\/[^\s/]+/, like: "https://alerts.example.com/hook" },
  lambda: { form: /^arn:aws[a-z-]*:lambda:/, like: "arn:<partition>:lambda:eu-west-1:111122223333:function:page" },
  sqs: { form: /^arn:aws[a-z-]*:sqs:/, like: "arn:<partition>:sqs:eu-west-1:111122223333:alerts" },
};

/** Checks each subscriber's endpoint that is known, and that there is one at all. */
export function subscriberIssues(path: string, subscribers: readonly Subscriber[]): Issue[] {
  if (subscribers.length === 0) {
    const advice = "Add one, like { protocol: 'email', endpoint: 'on-call@example.com' }";
    return [issue("Required", path, "must name who is told", subscribers, advice)];
  }
  return subscribers.flatMap(({ protocol, endpoint }, i) => {
    const { form, like } = ENDPOINTS[protocol];
    if (typeof endpoint !== "string" || form.test(endpoint)) return [];
    const rule = `must be an endpoint of protocol '${protocol}'`;
    return [issue("Malformed", `${path}[${i}].endpoint`, rule, endpoint, `Write it like '${like}'`)];
  });
}

/** Checks a topic's name (SNS, CreateTopic, `Name`: 256 characters), with room for the eight that Pulumi adds. */
export function topicNameIssues(name: string): Issue[] {
  if (/^[A-Za-z0-9_-]{1,248}$/.test(name)) return [];
  const rule = "must have at most 248 letters, digits, '_' and '-'";
  return [issue("Malformed", "name", rule, name, "Names of topics are made of it: write it like 'prod-alerts'")];
}

/** Arguments of {@link AlertTopic}. */
export interface AlertTopicArgs {
  /** ARN of the key that encrypts alerts; its policy holds {@link detectionKeyStatements}. */
  readonly keyArn: pulumi.Input<string>;
  /** Who is told; at least one. Addresses confirm once, by a link in the first mail. */
  readonly subscribers: readonly [Subscriber, ...Subscriber[]];
  /**
   * Tags of the topic.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * Where alerts go: an encrypted SNS topic that CloudWatch's alarms of this account may publish to, over TLS only.
 * EventBridge publishes through a role (see {@link AccountServices}), so that no rule of another account can.
 */
export class AlertTopic extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: AlertTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:AlertTopic", name, {}, opts);
    needs(`AlertTopic '${name}'`, args, { subscribers: list(anyObject) });
    refuse(`AlertTopic '${name}'`, [
      ...topicNameIssues(name),
      ...keyArnIssues("keyArn", args.keyArn),
      ...subscriberIssues("subscribers", args.subscribers),
    ]);
    const account = accountOf(this);

    const topic = new sns.Topic(
      name,
      { kmsMasterKeyId: args.keyArn, tags: named(name, args.tags) },
      { parent: this, dependsOn: after(opts) },
    );
    new sns.TopicPolicy(
      `${name}-policy`,
      {
        arn: topic.arn,
        policy: policyDocument([
          {
            sid: "CloudWatchAlarms",
            principals: { service: "cloudwatch.amazonaws.com" },
            actions: ["sns:Publish"],
            resources: [topic.arn],
            conditions: { ArnLike: { "aws:SourceArn": arn(account, "cloudwatch", "alarm:*") } },
          },
          {
            sid: "TlsOnly",
            effect: "Deny",
            principals: "*",
            actions: ["sns:Publish"],
            resources: [topic.arn],
            conditions: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]),
      },
      { parent: this },
    );
    for (const [i, { protocol, endpoint }] of args.subscribers.entries())
      new sns.TopicSubscription(`${name}-${protocol}-${i}`, { topic: topic.arn, protocol, endpoint }, { parent: this });

    this.arn = topic.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
