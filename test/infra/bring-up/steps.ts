/**
 * What a node needs to join a cluster without internet, as docs/bring-up.md tells it, read from a plan and from nothing else:
 * each step asks for a way on the network, a permission, or a key.
 */
import { toPlainJson } from "../../../plan/index.js";
import type { Plan } from "../../../plan/index.js";
import type { PlannedStatement } from "../support.js";
import { statements } from "../support.js";

type Inputs = Readonly<Record<string, unknown>>;

/** Something that has to be there for a step. */
export interface Need {
  readonly step: string;
  /** What it is, for messages. */
  readonly what: string;
  readonly holds: boolean;
}

const NODES = "<id of securityGroup prod-nodes>";
const CONTROL_PLANE = "<id of securityGroup prod-control-plane>";
const ENDPOINTS = "<id of securityGroup prod-endpoints>";
const VOLUMES = "prod-keys-volumes";
const AUTOSCALING = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

/** AWS's own policies, as far as joining needs them (managed policy reference of the EKS and ECR guides, 2026-11-21). */
const MANAGED: Readonly<Record<string, readonly string[]>> = {
  AmazonEKSWorkerNodeMinimalPolicy: ["eks-auth:AssumeRoleForPodIdentity"],
  AmazonEC2ContainerRegistryPullOnly: [
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
  ],
  AmazonEKS_CNI_Policy: ["ec2:AssignPrivateIpAddresses", "ec2:AttachNetworkInterface", "ec2:CreateNetworkInterface"],
};

/** All that the steps need of a plan. */
export function needsOf(plan: Plan): readonly Need[] {
  const facts = new Facts(plan);
  const call = (step: string, service: string, role: string, ...actions: readonly string[]): readonly Need[] => [
    ...facts.reaches(step, service, actions),
    ...actions.map((action) => ({ step, what: `${role} may ${action}`, holds: facts.may(role, action) })),
  ];
  const nodes = "prod-nodes-role";
  return [
    ...facts.names("names"),
    ...facts.launches("launch"),
    ...call("own name", "ec2", nodes, "ec2:DescribeInstances"),
    ...call("cluster's facts", "eks", nodes, "eks:DescribeCluster"),
    ...facts.joins("join"),
    ...call("images", "ecr.api", nodes, "ecr:GetAuthorizationToken", "ecr:BatchGetImage"),
    ...call("images", "ecr.dkr", nodes, "ecr:GetDownloadUrlForLayer"),
    ...facts.layers("image layers"),
    ...call("pod credentials", "eks-auth", nodes, "eks-auth:AssumeRoleForPodIdentity"),
    ...call("addresses of pods", "ec2", "prod-vpc-cni-role", "ec2:CreateNetworkInterface"),
    ...facts.agent("pod credentials"),
    ...facts.reaches("tokens", "sts", ["sts:GetCallerIdentity"]),
    ...facts.reaches("logs", "logs", ["logs:PutLogEvents"]),
  ];
}

class Facts {
  readonly #byType = new Map<string, Map<string, Inputs>>();

  constructor(plan: Plan) {
    for (const { type, name, inputs } of plan.resources) {
      const known = this.#byType.get(type) ?? new Map<string, Inputs>();
      this.#byType.set(type, known.set(name, toPlainJson(inputs) as Inputs));
    }
  }

  /** A service's name resolves to its endpoint: the VPC has DNS. */
  names(step: string): readonly Need[] {
    const [vpc] = this.#all("aws:ec2/vpc:Vpc");
    return ["enableDnsSupport", "enableDnsHostnames"].map((key) => ({
      step,
      what: `the VPC has ${key}`,
      holds: vpc?.[key] === true,
    }));
  }

  /** Auto Scaling starts an instance with volumes under the customer's key. */
  launches(step: string): readonly Need[] {
    const policy = statements(this.#of("aws:kms/key:Key", VOLUMES)["policy"] ?? '{"Statement":[]}');
    const granted = (action: string): boolean =>
      policy.some(
        (s) =>
          s.Effect === "Allow" &&
          JSON.stringify([s.Principal, s.Condition]).includes(AUTOSCALING) &&
          covers(s.Action, action),
      );
    return ["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext"].map((action) => ({
      step,
      what: `Auto Scaling may ${action} with the key of volumes`,
      holds: granted(action),
    }));
  }

  /** The node reaches the API, the API reaches the kubelet, and the node's role is let in as a node. */
  joins(step: string): readonly Need[] {
    const entries = this.#all("aws:eks/accessEntry:AccessEntry");
    const groups = this.#all("aws:eks/nodeGroup:NodeGroup");
    return [
      { step, what: "network ACLs let nodes and control plane talk", holds: this.#acl("node", "control-plane") },
      { step, what: "nodes may talk to the API", holds: this.#flows(NODES, CONTROL_PLANE, 443) },
      { step, what: "the API may talk to kubelets", holds: this.#admits(CONTROL_PLANE, NODES, 10250) },
      {
        step,
        what: "the API listens inside the VPC",
        holds: this.#all("aws:eks/cluster:Cluster").some(
          ({ vpcConfig }) => (vpcConfig as Inputs)["endpointPrivateAccess"] === true,
        ),
      },
      {
        step,
        what: "EKS lets the role of the node group in",
        // EKS writes the access entry of a managed node group itself; a self-managed one needs its own.
        holds:
          groups.some(({ nodeRoleArn }) => nodeRoleArn === "<arn of role prod-nodes-role>") ||
          entries.some(({ type }) => type === "EC2_LINUX"),
      },
    ];
  }

  /** Image layers come from S3: by the gateway, from every route table of nodes. */
  layers(step: string): readonly Need[] {
    const gateway = this.#all("aws:ec2/vpcEndpoint:VpcEndpoint").find(({ serviceName }) =>
      text(serviceName).endsWith(".s3"),
    );
    const tables = this.#all("aws:ec2/routeTableAssociation:RouteTableAssociation")
      .filter(({ subnetId }) => text(subnetId).includes("prod-node-"))
      .map(({ routeTableId }) => routeTableId);
    const routed = (gateway?.["routeTableIds"] ?? []) as readonly unknown[];
    return [
      { step, what: "a route table for each subnet of nodes", holds: tables.length === 3 },
      { step, what: "a gateway to S3 in each of them", holds: tables.every((table) => routed.includes(table)) },
      { step, what: "the network ACL lets nodes call S3, and answers in", holds: this.#callsOut("node") },
      {
        step,
        what: "the gateway lets layers through",
        holds: statements(gateway?.["policy"] ?? '{"Statement":[]}').some(
          (s) => covers(s.Action, "s3:GetObject") && text(s.Resource).includes("starport-layer-bucket"),
        ),
      },
      {
        step,
        what: "nodes may talk to S3",
        holds: this.#all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").some(
          (rule) => rule["securityGroupId"] === NODES && text(rule["prefixListId"]).includes("endpoint-s3"),
        ),
      },
    ];
  }

  /** The agent that gives pods credentials, and the CNI that takes them. */
  agent(step: string): readonly Need[] {
    const addons = this.#all("aws:eks/addon:Addon");
    return [
      {
        step,
        what: "the Pod Identity agent runs",
        holds: addons.some(({ addonName }) => addonName === "eks-pod-identity-agent"),
      },
      {
        step,
        what: "the CNI has its role",
        holds: addons.some(
          ({ addonName, podIdentityAssociations }) =>
            addonName === "vpc-cni" && text(podIdentityAssociations).includes("prod-vpc-cni-role"),
        ),
      },
    ];
  }

  /** Nodes reach a service: an endpoint with private DNS, where they may talk to, and which lets the calls through. */
  reaches(step: string, service: string, actions: readonly string[]): readonly Need[] {
    const endpoint = this.#all("aws:ec2/vpcEndpoint:VpcEndpoint").find(({ serviceName }) =>
      text(serviceName).endsWith(`.${service}`),
    );
    const policy = statements(endpoint?.["policy"] ?? '{"Statement":[]}');
    const groups = (endpoint?.["securityGroupIds"] ?? []) as readonly unknown[];
    return [
      { step, what: "network ACLs let nodes and endpoints talk", holds: this.#acl("node", "endpoint") },
      { step, what: `an endpoint for ${service} with private DNS`, holds: endpoint?.["privateDnsEnabled"] === true },
      {
        step,
        what: `nodes may talk to the endpoint for ${service}`,
        holds: groups.includes(ENDPOINTS) && this.#flows(NODES, ENDPOINTS, 443),
      },
      ...actions.map((action) => ({
        step,
        what: `the endpoint for ${service} lets ${action} through`,
        holds: policy.some((s) => s.Effect === "Allow" && covers(s.Action, action)),
      })),
    ];
  }

  /** Whether a role has an action, by a policy of AWS or by its own. */
  may(role: string, action: string): boolean {
    const isOf = (inputs: Inputs): boolean => text(inputs["role"]).includes(`role ${role}>`);
    const managed = this.#all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(isOf)
      .flatMap(({ policyArn }) => MANAGED[text(policyArn).split("/").at(-1) ?? ""] ?? []);
    const own = this.#all("aws:iam/rolePolicy:RolePolicy")
      .filter(isOf)
      .flatMap(({ policy }) => statements(policy));
    return managed.includes(action) || own.some((s) => s.Effect === "Allow" && covers(s.Action, action));
  }

  /** Whether one security group may open a connection to another: out of the one and into the other. */
  #flows(from: string, to: string, port: number): boolean {
    const out = this.#all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").some(
      (rule) => rule["securityGroupId"] === from && rule["referencedSecurityGroupId"] === to && includes(rule, port),
    );
    return out && this.#admits(from, to, port);
  }

  #admits(from: string, to: string, port: number): boolean {
    return this.#all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").some(
      (rule) =>
        rule["securityGroupId"] === to &&
        includes(rule, port) &&
        (rule["referencedSecurityGroupId"] === from || rule["cidrIpv4"] === "10.0.0.0/16"),
    );
  }

  /** Whether two kinds of subnets may talk, both ways: ACLs keep no state. Without an ACL of its own a subnet has the empty one. */
  #acl(one: string, other: string): boolean {
    const inside = (rule: Inputs): boolean =>
      rule["action"] === "allow" && rule["protocol"] === "-1" && rule["cidrBlock"] === "10.0.0.0/16";
    return [one, other].every((tier) => {
      const { ingress, egress } = this.#aclOf(tier);
      return ingress.some(inside) && egress.some(inside);
    });
  }

  /** Whether a kind of subnets may call addresses of the internet's size on 443, as S3's are, and gets answers. */
  #callsOut(tier: string): boolean {
    const { ingress, egress } = this.#aclOf(tier);
    const allows = (rules: readonly Inputs[], from: number, to: number): boolean =>
      rules.some(
        (rule) =>
          rule["action"] === "allow" &&
          rule["cidrBlock"] === "0.0.0.0/0" &&
          Number(rule["fromPort"]) <= from &&
          to <= Number(rule["toPort"]),
      );
    return allows(egress, 443, 443) && allows(ingress, 1024, 65535);
  }

  #aclOf(tier: string): { readonly ingress: readonly Inputs[]; readonly egress: readonly Inputs[] } {
    const acls = this.#all("aws:ec2/networkAcl:NetworkAcl");
    const acl = acls.find(({ subnetIds }) => text(subnetIds).includes(`subnet prod-${tier}-`));
    const rules = (side: string): readonly Inputs[] => (acl?.[side] ?? []) as readonly Inputs[];
    return { ingress: rules("ingress"), egress: rules("egress") };
  }

  #all(type: string): readonly Inputs[] {
    return [...(this.#byType.get(type)?.values() ?? [])];
  }

  #of(type: string, name: string): Inputs {
    return this.#byType.get(type)?.get(name) ?? {};
  }
}

function includes(rule: Inputs, port: number): boolean {
  return Number(rule["fromPort"]) <= port && port <= Number(rule["toPort"]);
}

function covers(actions: PlannedStatement["Action"], action: string): boolean {
  return [actions].flat().some((one) => one === action || (one.endsWith("*") && action.startsWith(one.slice(0, -1))));
}

function text(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
