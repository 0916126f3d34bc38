import type { Aws } from "./aws.js";
import { AccessDenied, TunnelFailure } from "./failure.js";
import type { TunnelSpec } from "./spec.js";

/**
 * The instance to go through now: of those that run, one whose agent is online.
 *
 * Who may not look at instances of EC2 finds them by their tag at Session Manager; who may not look there either
 * (`ssm:DescribeInstanceInformation` knows no single instance) hears from the session itself whether one is online.
 *
 * @throws TunnelFailure, final when there is nothing to wait for.
 */
export async function instanceOf(
  { instanceId, tag, clusterName }: Pick<TunnelSpec, "instanceId" | "tag" | "clusterName">,
  aws: Aws,
): Promise<string> {
  const known = instanceId === undefined ? await permitted(running(tag, aws)) : [instanceId];
  if (known?.length === 0)
    throw new TunnelFailure(
      `no instance with the tag ${tag.key}=${tag.value} runs, so '${clusterName}' has no bastion now`,
      false,
    );
  const filter =
    known === undefined ? `Key=tag:${tag.key},Values=${tag.value}` : `Key=InstanceIds,Values=${known.join(",")}`;
  const online = known === undefined ? await onlineOf(filter, aws) : await permitted(onlineOf(filter, aws));
  const [found] = online === undefined ? (known ?? []) : (known ?? online).filter((id) => online.includes(id));
  if (found !== undefined) return found;
  throw new TunnelFailure(
    `the bastion of '${clusterName}'${known === undefined ? "" : `, ${known.join(", ")},`} is not online yet`,
    false,
  );
}

async function running({ key, value }: TunnelSpec["tag"], aws: Aws): Promise<readonly string[]> {
  const answer = (await aws([
    ...["ec2", "describe-instances", "--filters"],
    `Name=tag:${key},Values=${value}`,
    "Name=instance-state-name,Values=pending,running",
    ...["--query", "Reservations[].Instances[].[InstanceId,State.Name]"],
  ])) as readonly (readonly [string, string])[];
  // Those that run already come first; the rest in an order that stays.
  return [...answer].sort((a, b) => b[1].localeCompare(a[1]) || a[0].localeCompare(b[0])).map(([id]) => id);
}

async function onlineOf(filter: string, aws: Aws): Promise<readonly string[]> {
  const query = "InstanceInformationList[?PingStatus=='Online'].InstanceId";
  return (await aws([
    ...["ssm", "describe-instance-information", "--filters", filter, "--query", query],
  ])) as readonly string[];
}

/** What was asked for, or nothing for who may not ask. */
async function permitted<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AccessDenied) return undefined;
    throw error;
  }
}
