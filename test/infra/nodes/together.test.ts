/** All ways to have nodes in one private cluster of this package's own, under a permissions boundary: our rules find nothing. */
import {
  Cluster,
  EncryptionKeys,
  FargateProfile,
  Karpenter,
  Network,
  NodeGroup,
  PermissionsBoundary,
  Principal,
} from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, waitsFor } from "../support.js";
import { GROUP, SECURITY_GROUP } from "./references.js";

function program(): void {
  const permissionsBoundaryArn = new PermissionsBoundary("prod-boundary", { nodeRoleNames: ["prod-karpenter-nodes-*"] })
    .arn;
  const keys = new EncryptionKeys("prod-keys", {
    administrators: [Principal.role("arn:aws:iam::111122223333:role/platform")],
  });
  const network = new Network("prod", {
    keys,
    features: ["nodes", "podIdentity", "karpenter"],
    permissionsBoundaryArn,
  });
  const cluster = new Cluster("prod", { network, keys, today: new Date("2026-11-21"), permissionsBoundaryArn });
  const around = { network, cluster, keys, permissionsBoundaryArn };
  const dependsOn = [cluster, network];
  const { securityGroupId } = new NodeGroup("prod-system", around, { dependsOn });
  new NodeGroup(
    "prod-gpu",
    { ...around, securityGroupId, amiType: "BOTTLEROCKET_x86_64_NVIDIA", instanceTypes: ["g6.xlarge"] },
    { dependsOn },
  );
  new Karpenter("prod-karpenter", { ...around, securityGroupId }, { dependsOn });
  new FargateProfile(
    "prod-fargate",
    {
      ...{ network, cluster, permissionsBoundaryArn, selectors: [{ namespace: "batch" }] },
      traffic: { eksSecurityGroupId: cluster.eksSecurityGroupId, nodesSecurityGroupId: securityGroupId },
    },
    { dependsOn },
  );
}

let made: Plan;
beforeAll(async () => {
  made = await planIn(program);
});

test("our rules find nothing", () => {
  expect(findingsIn(made)).toEqual([]);
});

test("every role has the boundary", () => {
  const roles = namesOf(made, "aws:iam/role:Role");
  expect(roles).toEqual(
    expect.arrayContaining(["prod-karpenter-controller-role", "prod-fargate-role", "prod-gpu-role"]),
  );
  for (const role of roles)
    expect(inputs(made, "aws:iam/role:Role", role)["permissionsBoundary"]).toBe("<arn of policy prod-boundary>");
});

test("nodes have one security group among them", () => {
  expect(namesOf(made, SECURITY_GROUP).filter((name) => /system|gpu|karpenter/.test(name))).toEqual(["prod-system"]);
});

test("each waits for the add-ons and endpoints that nodes need", () => {
  for (const name of ["prod-system", "prod-gpu"])
    expect(waitsFor(made, GROUP, name)).toEqual(
      expect.arrayContaining(["prod-vpc-cni", "prod-eks-pod-identity-agent", "prod-endpoint-ec2"]),
    );
  expect(waitsFor(made, "aws:eks/fargateProfile:FargateProfile")).toContain("prod-endpoint-ec2");
});
