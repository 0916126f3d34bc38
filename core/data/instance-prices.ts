/**
 * USD an hour of EC2 machines: Linux, shared tenancy, on demand. Part of `prices.ts`, with the same caveats.
 *
 * Offer `AmazonEC2`, usage type `BoxUsage:<type>`, https://aws.amazon.com/ec2/pricing/on-demand/. Read, the newest first:
 * a copy of 2026-10-08 of both Regions (m7g, m7i, c7g, r7g, t4g from medium on), one of 2026-08-23 of eu-west-1
 * (t4g.micro), an invoice of 2026-06 of eu-west-1 (t4g.small), and the table in awslabs/eks-node-viewer of 2024-08 of
 * us-east-1 (the rest there). For m5, m6i, m6g and t3 of eu-west-1 several tables without a date agree.
 *
 * A size that no copy names is left out, also where the sizes around it suggest its price.
 */
export const INSTANCE_PRICES = {
  "c7g.large": { "eu-west-1": 0.0775, "us-east-1": 0.0725 },
  "c7g.xlarge": { "eu-west-1": 0.155, "us-east-1": 0.145 },
  "c7g.2xlarge": { "eu-west-1": 0.3101, "us-east-1": 0.29 },
  "m5.large": { "eu-west-1": 0.107, "us-east-1": 0.096 },
  "m5.xlarge": { "eu-west-1": 0.214, "us-east-1": 0.192 },
  "m5.2xlarge": { "eu-west-1": 0.428, "us-east-1": 0.384 },
  "m6g.large": { "eu-west-1": 0.086, "us-east-1": 0.077 },
  "m6g.xlarge": { "eu-west-1": 0.172, "us-east-1": 0.154 },
  "m6i.large": { "eu-west-1": 0.107, "us-east-1": 0.096 },
  "m6i.xlarge": { "eu-west-1": 0.214, "us-east-1": 0.192 },
  "m6i.2xlarge": { "eu-west-1": 0.428, "us-east-1": 0.384 },
  "m7g.medium": { "eu-west-1": 0.0455, "us-east-1": 0.0408 },
  "m7g.large": { "eu-west-1": 0.091, "us-east-1": 0.0816 },
  "m7g.xlarge": { "eu-west-1": 0.1819, "us-east-1": 0.1632 },
  "m7g.2xlarge": { "eu-west-1": 0.3638, "us-east-1": 0.3264 },
  "m7i.large": { "eu-west-1": 0.11235, "us-east-1": 0.1008 },
  "m7i.xlarge": { "eu-west-1": 0.2247, "us-east-1": 0.2016 },
  "m7i.2xlarge": { "eu-west-1": 0.4494, "us-east-1": 0.4032 },
  "r7g.large": { "eu-west-1": 0.1199, "us-east-1": 0.1071 },
  "r7g.xlarge": { "eu-west-1": 0.2397, "us-east-1": 0.2142 },
  "r7g.2xlarge": { "eu-west-1": 0.4794, "us-east-1": 0.4284 },
  "t3.micro": { "eu-west-1": 0.0114, "us-east-1": 0.0104 },
  "t3.small": { "eu-west-1": 0.0228, "us-east-1": 0.0208 },
  "t3.medium": { "eu-west-1": 0.0456, "us-east-1": 0.0416 },
  "t3.large": { "eu-west-1": 0.0912, "us-east-1": 0.0832 },
  "t3.xlarge": { "eu-west-1": 0.1824, "us-east-1": 0.1664 },
  "t4g.micro": { "eu-west-1": 0.0092, "us-east-1": 0.0084 },
  "t4g.small": { "eu-west-1": 0.0184, "us-east-1": 0.0168 },
  "t4g.medium": { "eu-west-1": 0.0368, "us-east-1": 0.0336 },
  "t4g.large": { "eu-west-1": 0.0736, "us-east-1": 0.0672 },
  "t4g.xlarge": { "eu-west-1": 0.1472, "us-east-1": 0.1344 },
} as const satisfies Readonly<Record<string, Readonly<Record<"eu-west-1" | "us-east-1", number>>>>;

/** A machine whose price is known. */
export type InstanceType = keyof typeof INSTANCE_PRICES;
