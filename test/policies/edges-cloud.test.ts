/** What the examples of the rules do not show: exceptions, and platform semantics at their edges. */
import { cluster, json, manifest, planned, ref, secret, unresolved } from "../../policies/examples.js";
import type { ExampleObject } from "../../policies/index.js";
import { said } from "./said.js";

const KEY = "aws:kms/key:Key";
const CLUSTER = "aws:eks/cluster:Cluster";

describe("cloud", () => {
  test("a public endpoint that may not exist passes when its list is narrow, and is unknown when it is not", () => {
    const endpoint = (publicAccessCidrs: readonly string[]) =>
      said(
        "eks-public-access-cidrs-restricted",
        planned(CLUSTER, "prod", { vpcConfig: { endpointPublicAccess: unresolved("boolean"), publicAccessCidrs } }),
      );
    expect(endpoint(["203.0.113.0/24"])).toEqual(["pass"]);
    expect(endpoint(["0.0.0.0/0"])).toEqual(["unknown prod vpcConfig.endpointPublicAccess"]);
  });

  test("keys that cannot rotate are left out, by their use alone; a use that nobody knows is no excuse", () => {
    const key = (inputs: ExampleObject) => said("kms-key-rotation-enabled", planned(KEY, "key", inputs));
    expect(key({ keyUsage: "GENERATE_VERIFY_MAC" })).toEqual(["notApplicable"]);
    expect(key({ customerMasterKeySpec: "RSA_2048" })).toEqual(["notApplicable"]);
    expect(key({ customKeyStoreId: "cks-1" })).toEqual(["notApplicable"]);
    expect(key({ keyUsage: unresolved(), customerMasterKeySpec: unresolved() })).toEqual([
      "fail key enableKeyRotation",
    ]);
  });

  test("a policy that denies everything gives nothing, and one with an unknown effect may", () => {
    const policy = (effect: ExampleObject[string]) =>
      said(
        "iam-no-admin-star",
        planned("aws:iam/policy:Policy", "p", {
          policy: json({ Statement: [{ Effect: effect, Action: "*", Resource: "*" }] }),
        }),
      );
    expect(policy("Deny")).toEqual(["pass"]);
    expect(policy(unresolved())).toEqual(["unknown p policy.Statement[0].Action"]);
  });

  test("the deletion of a log group's machine-made kind and a group without ingress are nobody's business", () => {
    expect(
      said("log-group-retention-set", planned("aws:cloudwatch/logGroup:LogGroup", "l", { logGroupClass: "DELIVERY" })),
    ).toEqual(["notApplicable"]);
    expect(said("sg-no-public-ingress-all", planned("aws:ec2/securityGroup:SecurityGroup", "s", {}))).toEqual([
      "notApplicable",
    ]);
  });

  test("protocols are read by number and name, and ports of other protocols do not count", () => {
    const group = (protocol: string) =>
      said(
        "sg-no-public-admin-ports",
        planned("aws:ec2/securityGroup:SecurityGroup", "s", {
          ingress: [{ protocol, fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
        }),
      );
    expect([group("TCP"), group("6"), group("-1")]).toEqual(Array(3).fill(["fail s ingress[0].cidrBlocks[0]"]));
    expect(group("icmp")).toEqual(["pass"]);
  });

  test("a service account in a namespace of Kubernetes itself comes with an add-on", () => {
    const role = planned("aws:iam/role:Role", "role", {
      assumeRolePolicy: json({
        Statement: [{ Effect: "Allow", Principal: { Service: ["pods.eks.amazonaws.com"] }, Action: "sts:*" }],
      }),
    });
    const association = planned("aws:eks/podIdentityAssociation:PodIdentityAssociation", "a", {
      clusterName: ref("prod", "name"),
      namespace: "kube-system",
      serviceAccount: "aws-node",
      roleArn: ref("role", "arn"),
    });
    const somebody = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { provider: "k8s" });
    expect(
      said(
        "pod-identity-association-consistent",
        ...cluster({ computeConfig: { enabled: true } }),
        role,
        association,
        somebody,
      ),
    ).toEqual(["pass"]);
  });

  test("Secret data counts as marked when each entry is", () => {
    const data = (stringData: ExampleObject) =>
      said("pulumi-options-safe", manifest({ apiVersion: "v1", kind: "Secret", metadata: { name: "db" }, stringData }));
    expect(data({ password: secret("hunter2") })).toEqual(["pass"]);
    expect(data({ password: secret("hunter2"), user: "app" })).toEqual(["fail db stringData"]);
  });

  test("ignored changes count when they cover a guarding property from above or below, and only then", () => {
    const ignoring = (...ignoreChanges: readonly string[]) => {
      const { resources } = {
        resources: [planned(CLUSTER, "prod", {}, { options: { protect: true, ignoreChanges } })],
      };
      return said("pulumi-options-safe", ...resources);
    };
    expect(ignoring("vpcConfig.publicAccessCidrs[0]")).toEqual(["fail prod options.ignoreChanges[0]"]);
    expect(ignoring("tags", "*")).toEqual(["fail prod options.ignoreChanges[1]"]);
    expect(ignoring("vpcConfig.subnetIds", "version")).toEqual(["pass"]);
  });
});
