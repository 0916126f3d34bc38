// What programs do to outputs with plain string work.
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
const k8s = require("@pulumi/kubernetes");

const role = new aws.iam.Role("cluster", {
  assumeRolePolicy: aws.iam.getPolicyDocumentOutput({
    statements: [{ actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["eks.amazonaws.com"] }] }],
  }).json,
});
const key = new aws.kms.Key("secrets", {
  policy: pulumi.jsonStringify({ Statement: [{ Effect: "Allow", Principal: { AWS: role.arn }, Action: "kms:*", Resource: "*" }] }),
});
const cluster = new aws.eks.Cluster("prod", {
  roleArn: role.arn,
  vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] },
  encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
});
const issuer = cluster.identities[0].oidcs[0].issuer.apply((url) => url.replace("https://", ""));
const oidc = new aws.iam.OpenIdConnectProvider("oidc", { url: cluster.identities[0].oidcs[0].issuer, clientIdLists: ["sts.amazonaws.com"] });
new aws.iam.Role("irsa", {
  assumeRolePolicy: pulumi.all([oidc.arn, issuer]).apply(([arn, host]) =>
    JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: arn },
          Condition: { StringEquals: { [`${host}:sub`]: "system:serviceaccount:vote:web" } },
        },
      ],
    }),
  ),
});
new aws.ec2.LaunchTemplate("nodes", {
  userData: cluster.endpoint.apply((url) => Buffer.from(`[settings.kubernetes]\napi-server = "${url}"\n`).toString("base64")),
});
const kubeconfig = pulumi
  .all([cluster.name, cluster.endpoint, cluster.certificateAuthority])
  .apply(([name, server, authority]) => JSON.stringify({ name, server, ca: authority.data }));
const provider = new k8s.Provider("k8s", { kubeconfig });
new k8s.core.v1.ConfigMap(
  "info",
  { metadata: { name: "info", namespace: "default" }, data: { account: role.arn.apply((arn) => arn.split(":")[4]), short: role.arn.apply((arn) => arn.split("/")[1]), shout: key.arn.apply((arn) => arn.toUpperCase()) } },
  { provider },
);
role.arn.apply((arn) => new aws.ssm.Parameter("inside", { type: "String", value: arn }));
exports.issuer = issuer;
