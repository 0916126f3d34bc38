import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
import { Cidr } from "../../core/cidr.js";
import { DEFAULT_KUBERNETES_VERSION } from "../../core/data/kubernetes-versions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { idIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { needs } from "../reference-shapes.js";
import { late, text } from "../shape.js";
import type { Shapes } from "../shape.js";
import type { AutoModeRef } from "./auto-mode.js";
import { eksNameIssues } from "./checks.js";
import type { ClusterRef } from "./reference.js";

/** What `Cluster.existing` takes: what `aws eks describe-cluster` says of the cluster. */
export interface ExistingClusterArgs {
  /** The name, plain. */
  readonly clusterName: string;
  readonly arn: pulumi.Input<string>;
  /** Minor version: `1.36`. */
  readonly kubernetesVersion: string;
  /** URL of the API: `https://....eks.amazonaws.com`. */
  readonly endpoint: pulumi.Input<string>;
  /** The certificate authority of the API, base64. */
  readonly certificateAuthority: pulumi.Input<string>;
  /** Virtual addresses of Services: `kubernetesNetworkConfig.serviceIpv4Cidr`, or `serviceIpv6Cidr`. */
  readonly serviceCidr: Cidr;
  /** The group on the control plane's interfaces to which rules are added: one of `resourcesVpcConfig.securityGroupIds`. */
  readonly controlPlaneSecurityGroupId: pulumi.Input<string>;
  /** `identity.oidc.issuer`. */
  readonly oidcIssuer: pulumi.Input<string>;
  /**
   * The nodes' role and the cluster's group of a cluster with EKS Auto Mode.
   *
   * @default - a cluster without it
   */
  readonly autoMode?: AutoModeRef;
}

const CLUSTER: Shapes<Omit<ExistingClusterArgs, "autoMode">> = {
  clusterName: text,
  arn: late,
  kubernetesVersion: text,
  endpoint: late,
  certificateAuthority: late,
  serviceCidr: text,
  controlPlaneSecurityGroupId: late,
  oidcIssuer: late,
};

/**
 * A cluster that is there already, as other components take it. Makes and looks up nothing.
 *
 * @throws pulumi.RunError with every problem of the values that are known.
 */
export function existingCluster(args: ExistingClusterArgs): ClusterRef {
  needs("Cluster.existing", args, CLUSTER);
  refuse(`Cluster.existing '${args.clusterName}'`, existingIssues(args));
  return { ...args, name: args.clusterName };
}

function existingIssues(args: ExistingClusterArgs): readonly Issue[] {
  const issues = [...eksNameIssues("clusterName", args.clusterName)];
  const check = (
    path: string,
    given: pulumi.Input<string>,
    holds: (text: string) => boolean,
    rule: string,
    like: string,
  ) => {
    if (typeof given !== "string" || holds(given)) return;
    issues.push(issue("Malformed", path, rule, given, `Write it like '${like}'`));
  };
  check(
    "kubernetesVersion",
    args.kubernetesVersion,
    (v) => /^1\.\d{1,3}$/.test(v),
    "must be a minor version",
    DEFAULT_KUBERNETES_VERSION,
  );
  check(
    "arn",
    args.arn,
    (text) => {
      const parts = Arn.parts(text);
      return parts?.service === "eks" && parts.resource === `cluster/${args.clusterName}`;
    },
    `must be the ARN of the cluster '${args.clusterName}'`,
    `arn:<partition>:eks:eu-west-1:111122223333:cluster/${args.clusterName}`,
  );
  const isUrl = (text: string) => /^https:\/\/[A-Za-z0-9.-]+(?:\/[A-Za-z0-9/]*)?$/.test(text);
  check(
    "endpoint",
    args.endpoint,
    isUrl,
    "must be the URL of the API",
    "https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
  );
  check(
    "oidcIssuer",
    args.oidcIssuer,
    isUrl,
    "must be the URL of the issuer",
    "https://oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD",
  );
  check(
    "certificateAuthority",
    args.certificateAuthority,
    (text) => /^[A-Za-z0-9+/]+={0,2}$/.test(text),
    "must be the certificate in base64, as EKS gives it",
    "LS0tLS1CRUdJTi...",
  );
  issues.push(...idIssues("controlPlaneSecurityGroupId", "sg-", args.controlPlaneSecurityGroupId));
  if (Cidr.tryParse(args.serviceCidr) === undefined)
    issues.push(issue("Malformed", "serviceCidr", "must be an address block", args.serviceCidr, "Use Cidr.parse()"));
  return issues;
}
