import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";
import { endpointFacts } from "../../core/data/endpoint-services.js";
import type { EndpointService } from "../../core/data/endpoint-services.js";
import { patchBuckets } from "../../core/data/patch-buckets.js";
import { regionFacts } from "../../core/data/regions.js";
import type { Account } from "../account.js";
import { policyDocument } from "../identity/policy-document.js";
import type { Statement } from "../identity/policy-document.js";

/**
 * Services whose calls touch resources of other accounts by design: machine images of Amazon, parameters that AWS
 * publishes, what GuardDuty's and Inspector's agents report to. There the policy binds the caller alone.
 */
const FOREIGN_RESOURCES: readonly EndpointService[] = ["ec2", "guardduty-data", "inspector2-telemetry", "ssm"];

const ECR_PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/**
 * The policy of an interface endpoint: callers of this account only and, where the service allows it, resources of this
 * account only. Stolen credentials of another account, or an upload to one, do not pass.
 */
export function interfaceEndpointPolicy(
  service: EndpointService,
  account: Account,
  region: string,
): pulumi.Output<string> {
  if (service === "ecr.api" || service === "ecr.dkr") return policyDocument(ecrStatements(account, region));
  const ownCaller = { StringEquals: { "aws:PrincipalAccount": account.id } };
  // Some actions have no resource and therefore no such key: IfExists lets these through.
  const ownResource = { StringEqualsIfExists: { "aws:ResourceAccount": account.id } };
  return policyDocument([
    {
      sid: "OwnAccount",
      principals: "*",
      actions: [`${endpointFacts(service).iamPrefix ?? service}:*`],
      resources: ["*"],
      conditions: FOREIGN_RESOURCES.includes(service) ? ownCaller : { ...ownCaller, ...ownResource },
    },
    ...(service === "sts" ? [webIdentityStatement(account)] : []),
  ]);
}

/**
 * Pods that bring a token of their service account (IRSA) sign nothing, so that their request has no account of a caller: whose
 * role it is decides
 * (https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/vpc_endpoint_policies/sts_endpoint_policy.json).
 */
function webIdentityStatement(account: Account): Statement {
  return {
    sid: "WebIdentity",
    principals: { federated: "*" },
    actions: ["sts:AssumeRoleWithWebIdentity"],
    resources: ["*"],
    conditions: { StringEquals: { "aws:ResourceAccount": account.id } },
  };
}

/**
 * The policy of the S3 gateway endpoint: buckets of this account, and the bucket in which ECR of this Region keeps image
 * layers. Layers are fetched by URLs that ECR itself signed, so the caller's account is not in the request
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-setting-up-s3-gateway).
 */
export function s3EndpointPolicy(account: Account, region: string, patchScan = false): pulumi.Output<string> {
  return policyDocument([
    {
      sid: "ImageLayers",
      principals: "*",
      actions: ["s3:GetObject"],
      resources: [interpolate`arn:${account.partition}:s3:::prod-${region}-starport-layer-bucket/*`],
    },
    ...(patchScan ? patchStatements(account, region) : []),
    {
      sid: "OwnAccount",
      principals: "*",
      actions: ["s3:*"],
      resources: ["*"],
      conditions: {
        StringEquals: { "aws:PrincipalAccount": account.id, "aws:ResourceAccount": account.id },
      },
    },
  ]);
}

/** Packages of Amazon Linux are read without credentials, a patch baseline by an address that Systems Manager signed. */
function patchStatements(account: Account, region: string): Statement[] {
  const buckets = patchBuckets(region);
  if (buckets === undefined) return [];
  const resources = [...buckets.manager, buckets.packages].map(
    (bucket) => interpolate`arn:${account.partition}:s3:::${bucket}/*`,
  );
  return [{ sid: "Patches", principals: "*", actions: ["s3:GetObject"], resources }];
}

/** Pulls from this account's registry and from the one that holds the add-ons' images; no push leaves the account. */
function ecrStatements(account: Account, region: string): Statement[] {
  const repositories = (owner: pulumi.Input<string>) =>
    interpolate`arn:${account.partition}:ecr:${region}:${owner}:repository/*`;
  const addOnImages = regionFacts(region)?.addOnImageAccount;
  const conditions = { StringEquals: { "aws:PrincipalAccount": account.id } };
  return [
    { sid: "LogIn", principals: "*", actions: ["ecr:GetAuthorizationToken"], resources: ["*"], conditions },
    {
      sid: "Pull",
      principals: "*",
      actions: ECR_PULL,
      resources: [repositories(account.id), ...(addOnImages === undefined ? [] : [repositories(addOnImages)])],
      conditions,
    },
    {
      sid: "FillPullThroughCache",
      principals: "*",
      actions: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
      resources: [repositories(account.id)],
      conditions,
    },
  ];
}
