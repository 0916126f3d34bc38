/** Where the previewed resources would be. */
export interface Place {
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** `amazonaws.com`, or `amazonaws.com.cn` in China. */
  readonly dnsSuffix: string;
}

/** The place of an account and Region; the Region tells the partition. */
export function placeOf(account: string, region: string): Place {
  const china = region.startsWith("cn-");
  const partition = china ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return { account, region, partition, dnsSuffix: china ? "amazonaws.com.cn" : "amazonaws.com" };
}
