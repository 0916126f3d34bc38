/** GovCloud and China: ARNs, principals and endpoints are those of the partition. */
import { AutoMode, ClusterCapability, CapabilityKind } from "../../../infra/index.js";
import { planOf } from "../../../plan/index.js";
import { inputs, statements } from "../support.js";
import { CLUSTER, clusterPlan, KEYS, NETWORK } from "./support.js";

describe.each([
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
])("in %s", (region, partition, suffix) => {
  const keys = Object.fromEntries(
    Object.keys(KEYS).map((key) => [key, `arn:${partition}:kms:${region}:111122223333:key/1`]),
  ) as unknown as typeof KEYS;
  const network = { ...NETWORK, region };

  test("a cluster names nothing of another partition", async () => {
    const made = await clusterPlan({ network, keys }, region);
    expect(JSON.stringify(made.resources.map((r) => r.inputs))).not.toContain("arn:aws:");
    const [trust] = statements(inputs(made, "aws:iam/role:Role", "prod-control-plane-role")["assumeRolePolicy"]);
    expect(trust?.Principal).toEqual({ Service: "eks.amazonaws.com" });
    expect(trust?.Condition).toEqual({
      ArnLike: { "aws:SourceArn": `arn:${partition}:eks:${region}:111122223333:cluster/prod` },
    });
    const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    expect(inputs(made, attachment, "prod-vpc-cni-role-AmazonEKS_CNI_Policy")["policyArn"]).toBe(
      `arn:${partition}:iam::aws:policy/AmazonEKS_CNI_Policy`,
    );
  });

  test("with Auto Mode too", async () => {
    const made = await clusterPlan({ network, keys, autoMode: AutoMode.on({ customTags: true }) }, region);
    const text = JSON.stringify(made.resources.map((r) => r.inputs));
    expect(text).not.toContain("arn:aws:");
    expect(text).toContain(`ec2.${region}.${suffix}`);
    expect(inputs(made, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation")["policyArn"]).toBe(
      `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy`,
    );
  });

  test("a capability is trusted by its one name", async () => {
    const made = await planOf(
      () => {
        new ClusterCapability("kro", { cluster: CLUSTER, kind: CapabilityKind.kro() });
      },
      { config: { "aws:region": region } },
    );
    const [trust] = statements(inputs(made, "aws:iam/role:Role")["assumeRolePolicy"]);
    expect(trust?.Principal).toEqual({ Service: "capabilities.eks.amazonaws.com" });
  });
});
