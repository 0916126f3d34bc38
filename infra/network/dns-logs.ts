import * as route53 from "@pulumi/aws/route53/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { createLogGroup } from "../log-group.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** What {@link createDnsLogs} takes. */
export interface DnsLogsSpec {
  readonly vpcId: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number;
  readonly tags: Tags | undefined;
}

/** Every name that is asked for in the VPC, by whom and with which answer, into an encrypted log group. */
export function createDnsLogs(parent: pulumi.Resource, name: string, spec: DnsLogsSpec): void {
  const child = `${name}-dns-queries`;
  const group = createLogGroup(parent, child, spec);
  const config = new route53.ResolverQueryLogConfig(
    child,
    { destinationArn: group.arn, tags: named(child, spec.tags) },
    { parent },
  );
  new route53.ResolverQueryLogConfigAssociation(
    `${child}-vpc`,
    { resolverQueryLogConfigId: config.id, resourceId: spec.vpcId },
    { parent },
  );
}
