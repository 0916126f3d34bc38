// A program that makes a cluster with a bastion and, in the same run, objects inside it.
const { Cluster } = require("@pulumi/aws/eks/cluster");
const { ConfigMap } = require("@pulumi/kubernetes/core/v1/configMap");
const pulumi = require("@pulumi/pulumi");
const { ApiAccess } = require("./dist/blueprint/api-access");
const { createProvider, kubeconfigOf } = require("./dist/blueprint/kubernetes-provider");

const config = new pulumi.Config();
const access = ApiAccess.tunnel({ timeoutSeconds: config.getNumber("timeoutSeconds") ?? 60 });
const [refused] = access.issues();
if (refused !== undefined) throw new pulumi.RunError(JSON.stringify(refused));

const cluster = new Cluster("prod", {
  name: "prod",
  roleArn: "arn:aws:iam::111122223333:role/c",
  vpcConfig: { subnetIds: [] },
});
const certificateAuthority = cluster.certificateAuthority.data;
const bastion = cluster.endpoint.apply((endpoint) => ({
  region: "eu-west-1",
  tag: { key: "ringfence:bastion", value: "prod" },
  documentName: "prod-session",
  endpointHost: new URL(endpoint).hostname,
}));
const clusterName = "prod";
const address = access.addressOf({ clusterName, endpoint: cluster.endpoint, certificateAuthority, bastion });
const kubeconfig = kubeconfigOf({ clusterName, region: "eu-west-1", address, certificateAuthority });
const provider = createProvider("inside", clusterName, kubeconfig, {});
for (const name of config.require("objects").split(","))
  new ConfigMap(
    name,
    { metadata: { name, namespace: "default", labels: { app: "tunnel" } }, data: { a: config.get("value") ?? "1" } },
    { provider, deletedWith: cluster },
  );
exports.kubeconfig = kubeconfig;
