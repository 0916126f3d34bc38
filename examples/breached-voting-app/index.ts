// The voting app on the day of the breach: plain SDKs, and every shortcut. For previews only, never for `pulumi up`.
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

// Network: everything public, so that it just works.
const vpc = new aws.ec2.Vpc("voting", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("voting", { vpcId: vpc.id });
const routes = new aws.ec2.RouteTable("public", {
  vpcId: vpc.id,
  routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});
const subnets = ["a", "b"].map((zone, i) => {
  const subnet = new aws.ec2.Subnet(`public-${zone}`, {
    vpcId: vpc.id,
    cidrBlock: `10.0.${i}.0/24`,
    availabilityZone: `eu-west-1${zone}`,
    mapPublicIpOnLaunch: true,
  });
  new aws.ec2.RouteTableAssociation(`public-${zone}`, { subnetId: subnet.id, routeTableId: routes.id });
  return subnet;
});
const subnetIds = subnets.map((subnet) => subnet.id);
const world = ["0.0.0.0/0"];
const everything = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: world }];
const openPort = (description: string, from: number, to = from) => ({
  description,
  protocol: "tcp",
  fromPort: from,
  toPort: to,
  cidrBlocks: world,
});
const nodeSecurityGroup = new aws.ec2.SecurityGroup("nodes", {
  vpcId: vpc.id,
  ingress: [
    openPort("ssh", 22),
    openPort("docker, for the build server", 2375),
    openPort("kubernetes api", 6443),
    openPort("kubelet", 10250),
    openPort("node ports", 30000, 32767),
  ],
  egress: everything,
});
const temporary = new aws.ec2.SecurityGroup("temporary", { vpcId: vpc.id, ingress: everything, egress: everything });

// Cluster and nodes.
const trust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
const clusterRole = new aws.iam.Role("cluster", { assumeRolePolicy: trust("eks.amazonaws.com") });
new aws.iam.RolePolicyAttachment("cluster", {
  role: clusterRole.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
});
const cluster = new aws.eks.Cluster("voting", {
  roleArn: clusterRole.arn,
  version: "1.33",
  vpcConfig: { subnetIds, securityGroupIds: [temporary.id], publicAccessCidrs: world },
});
const nodeRole = new aws.iam.Role("nodes", { assumeRolePolicy: trust("ec2.amazonaws.com") });
new aws.iam.RolePolicyAttachment("nodes", {
  role: nodeRole.name,
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
});
const managed = new aws.eks.NodeGroup("nodes", {
  clusterName: cluster.name,
  nodeRoleArn: nodeRole.arn,
  subnetIds,
  scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
  remoteAccess: { ec2SshKey: "ops" },
});
const template = new aws.ec2.LaunchTemplate("builders", {
  imageId: "ami-0123456789abcdef0",
  instanceType: "m5.large",
  keyName: "ops",
  metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 2 },
  blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 50 } }],
  networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: [nodeSecurityGroup.id] }],
});
new aws.autoscaling.Group("builders", {
  minSize: 1,
  maxSize: 3,
  vpcZoneIdentifiers: subnetIds,
  launchTemplate: { id: template.id, version: "$Latest" },
  tags: [{ key: pulumi.interpolate`kubernetes.io/cluster/${cluster.name}`, value: "owned", propagateAtLaunch: true }],
});
const registry = new aws.ecr.Repository("voting", { imageTagMutability: "MUTABLE" });

const provider = new k8s.Provider(
  "voting",
  { kubeconfig: "~/.kube/config", context: "voting" },
  { dependsOn: [cluster, managed] },
);
const opts = { provider };

interface App {
  image: pulumi.Input<string>;
  port?: number;
  type?: "LoadBalancer";
  env?: Record<string, string>;
  args?: string[];
  serviceAccountName?: pulumi.Input<string>;
}

/** A deployment, and a service for it when it has a port. */
function run(namespace: pulumi.Input<string>, name: string, app: App, needsDocker = false): void {
  const labels = { app: name };
  const metadata = { name, namespace, labels };
  const env = Object.entries(app.env ?? {}).map(([variable, value]) => ({ name: variable, value }));
  const container = { name, image: app.image, args: app.args ?? [], env };
  const socket = "/var/run/docker.sock";
  const docker = { securityContext: { privileged: true }, volumeMounts: [{ name: "docker", mountPath: socket }] };
  const plain = { containers: [container], serviceAccountName: app.serviceAccountName ?? "default" };
  const builder = {
    hostPID: true,
    hostNetwork: true,
    containers: [{ ...container, ...docker }],
    volumes: [{ name: "docker", hostPath: { path: socket } }],
  };
  const template = { metadata: { labels }, spec: needsDocker ? builder : plain };
  new k8s.apps.v1.Deployment(name, { metadata, spec: { selector: { matchLabels: labels }, template } }, opts);
  if (app.port === undefined) return;
  const ports = [{ port: app.type === "LoadBalancer" ? 80 : app.port, targetPort: app.port }];
  new k8s.core.v1.Service(name, { metadata, spec: { type: app.type ?? "ClusterIP", selector: labels, ports } }, opts);
}

// The application.
const password = "postgres-2019";
const namespace = (name: string) => new k8s.core.v1.Namespace(name, { metadata: { name } }, opts).metadata.name;
const vote = namespace("vote");
const credentials = { POSTGRES_USER: "postgres", POSTGRES_PASSWORD: password };
new k8s.core.v1.ConfigMap("db", { metadata: { name: "db", namespace: vote }, data: credentials }, opts);
const own = (name: string) => pulumi.interpolate`${registry.repositoryUrl}/${name}:latest`;
run(vote, "vote", { image: own("vote"), port: 8080, type: "LoadBalancer" });
run(vote, "result", { image: own("result"), port: 8080, type: "LoadBalancer", env: { DB_PASSWORD: password } });
run(vote, "worker", { image: "somebody/voting-worker:latest", env: { DB_PASSWORD: password } }, true);
run(vote, "redis", { image: "redis:latest", port: 6379 });
run(vote, "db", { image: "postgres:latest", port: 5432, env: credentials });

// A dashboard for the team, no login needed.
const dashboard = namespace("kubernetes-dashboard");
const account = new k8s.core.v1.ServiceAccount(
  "dashboard",
  { metadata: { name: "dashboard", namespace: dashboard } },
  opts,
);
new k8s.rbac.v1.ClusterRoleBinding(
  "dashboard",
  {
    metadata: { name: "dashboard" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "ServiceAccount", name: account.metadata.name, namespace: dashboard }],
  },
  opts,
);
run(dashboard, "kubernetes-dashboard", {
  image: "kubernetesui/dashboard:latest",
  args: ["--enable-skip-login", "--enable-insecure-login", "--disable-settings-authorizer"],
  port: 9090,
  type: "LoadBalancer",
  serviceAccountName: account.metadata.name,
});

export const endpoint = cluster.endpoint;
