const aws = require("@pulumi/aws");
const k8s = require("@pulumi/kubernetes");

const sites = [
  { region: "us-east-1", name: "east" },
  { region: "cn-north-1", name: "beijing" },
];
exports.topics = sites.map(({ region, name }) => {
  const provider = new aws.Provider(name, { region, defaultTags: { tags: { site: name } } });
  return new aws.sns.Topic(name, {}, { provider }).arn;
});
const cluster = new k8s.Provider("render", { renderYamlToDirectory: "out" });
const namespace = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }, { provider: cluster, retainOnDelete: true });
new k8s.core.v1.ServiceAccount("web", { metadata: { namespace: namespace.metadata.name } }, { provider: cluster });
