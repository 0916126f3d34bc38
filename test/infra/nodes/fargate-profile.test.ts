import { FargateProfile } from "../../../infra/index.js";
import type { FargateProfileArgs, FargateSelector } from "../../../infra/index.js";
import { selectorIssues } from "../../../infra/nodes/fargate-selectors.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, resource, statements } from "../support.js";
import { CLUSTER, EGRESS, INGRESS, NETWORK } from "./references.js";

const PROFILE = "aws:eks/fargateProfile:FargateProfile";

const plan = (args: Partial<FargateProfileArgs> = {}, region?: string) =>
  planIn(() => {
    new FargateProfile("batch", {
      network: NETWORK,
      cluster: CLUSTER,
      selectors: [{ namespace: "batch", labels: { tier: "night" } }],
      ...args,
    });
  }, region);

test("runs the selected pods in the private subnets of pods", async () => {
  const pods = { ids: ["subnet-e1", "subnet-e2"], cidrs: [] };
  expect(inputs(await plan({ network: { pods } }), PROFILE)).toMatchObject({
    clusterName: "prod",
    subnetIds: ["subnet-e1", "subnet-e2"],
    selectors: [{ namespace: "batch", labels: { tier: "night" } }],
    podExecutionRoleArn: "<arn of role batch-role>",
  });
});

test.each([
  ["eu-west-1", "aws"],
  ["cn-north-1", "aws-cn"],
])("in %s the role is for Fargate of this cluster alone", async (region, partition) => {
  const made = await plan({}, region);
  expect(statements(inputs(made, "aws:iam/role:Role")["assumeRolePolicy"])).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "eks-fargate-pods.amazonaws.com" },
      Action: ["sts:AssumeRole"],
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": `arn:${partition}:eks:${region}:111122223333:fargateprofile/prod/*` },
      },
    },
  ]);
  expect(inputs(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")["policyArn"]).toBe(
    `arn:${partition}:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy`,
  );
  expect(namesOf(made, "aws:iam/rolePolicy:RolePolicy")).toEqual([]);
});

test("writes to one log group, when asked", async () => {
  const logGroupArn = "arn:aws:logs:eu-west-1:111122223333:log-group:/fargate";
  const made = await plan({ logGroupArn });
  expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"])).toMatchObject([
    { Sid: "WriteLogs", Resource: [logGroupArn, `${logGroupArn}:*`] },
  ]);
});

test("opens the way to pods on nodes in both directions, when asked, before the first pod", async () => {
  const made = await plan({ traffic: { eksSecurityGroupId: "sg-eks", nodesSecurityGroupId: "sg-nodes" } });
  expect(inputs(made, INGRESS, "batch-to-nodes-dns-udp")).toMatchObject({
    securityGroupId: "sg-nodes",
    referencedSecurityGroupId: "sg-eks",
    ipProtocol: "udp",
    fromPort: 53,
  });
  expect(inputs(made, INGRESS, "batch-from-nodes-pods")).toMatchObject({
    securityGroupId: "sg-eks",
    referencedSecurityGroupId: "sg-nodes",
    fromPort: 1025,
  });
  expect(namesOf(made, EGRESS)).toEqual(["batch-nodes-out-dns-tcp", "batch-nodes-out-dns-udp", "batch-nodes-out-pods"]);
  const waits = resource(made, PROFILE).dependencies.map((urn) => urn.split("::").at(-1));
  expect(waits).toEqual(expect.arrayContaining(["batch-to-nodes-pods", "batch-from-nodes-dns-tcp"]));
});

test("our own rules find nothing", async () => {
  expect(findingsIn(await plan()).filter((finding) => finding.includes(" fail "))).toEqual([]);
});

test.each<[FargateSelector, string]>([
  [{ namespace: "*" }, "selectors[0].namespace"],
  [{ namespace: "?*" }, "selectors[0].namespace"],
  [{ namespace: "Batch" }, "selectors[0].namespace"],
  [{ namespace: "kube-system" }, "selectors[0].labels"],
  [{ namespace: "a", labels: Object.fromEntries("abcdef".split("").map((k) => [k, k])) }, "selectors[0].labels"],
])("refuses the selector %j", (selector, path) => {
  expect(selectorIssues([selector]).map((found) => found.path)).toEqual([path]);
});

test("takes patterns of some namespaces, and CoreDNS", () => {
  expect(
    selectorIssues([{ namespace: "shop-*" }, { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }]),
  ).toEqual([]);
});

test("refuses six selectors, and one subnet", async () => {
  const selectors = Array.from({ length: 6 }, (_, i) => ({ namespace: `a${i}` })) as unknown as [FargateSelector];
  await expect(plan({ selectors, network: { pods: { ids: ["subnet-1"], cidrs: [] } } })).rejects.toThrow(
    [
      "FargateProfile 'batch':",
      "  'network.pods.ids' must hold at least 2, in different zones, got 1. Add a zone; for a group of one zone see `NodeSubnets.oneZone`",
      "  'selectors' must hold 1 to 5, got 6. Use another profile",
    ].join("\n"),
  );
});
