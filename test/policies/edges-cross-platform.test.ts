/** What rules that join network, keys and workloads say at their edges: other forms of the same thing, and near misses. */
import {
  cluster,
  concat,
  container,
  deployment,
  json,
  manifest,
  planned,
  planOfExample,
  ref,
} from "../../policies/examples.js";
import type { ExampleObject, ExampleResource, ExampleValue } from "../../policies/model.js";
import { judge } from "../../policies/index.js";
import { networkPolicy } from "../../policies/lib/network-examples.js";
import { service } from "../../policies/lib/service-examples.js";
import { allowing, associated, inCluster } from "./roles.js";
import { said, TODAY } from "./said.js";

describe("a way from the internet", () => {
  test("through a load balancer is one finding, at the Service", () => {
    const web = deployment("web", { containers: [{ name: "web", image: "web" }] });
    const { findings } = judge(
      planOfExample({ title: "public", resources: [web, service({ type: "LoadBalancer", selector: { app: "web" } })] }),
      { rules: ["service-no-unapproved-loadbalancer", "internet-to-pod-path"], today: TODAY },
    );
    expect(findings.map(({ rule, covered }) => [rule.id, covered.map((one) => one.rule.id)])).toEqual([
      ["service-no-unapproved-loadbalancer", ["internet-to-pod-path"]],
    ]);
  });

  test("is closed by a policy that allows nobody from outside, and open by one that allows the load balancer's subnets", () => {
    const web = deployment("web", { containers: [] });
    const open = service({ type: "LoadBalancer", selector: { app: "web" } });
    const from = (peer: ExampleObject) => networkPolicy({ ingress: [{ from: [peer] }] });
    expect(said("internet-to-pod-path", web, open, from({ namespaceSelector: {} }))).toEqual(["pass"]);
    expect(said("internet-to-pod-path", web, open, from({ ipBlock: { cidr: "10.0.0.0/16" } }))).toEqual(["fail web "]);
  });
});

describe("denied egress", () => {
  const TO_PODS = { to: [{ podSelector: {} }] };

  function egress(spec: ExampleObject, ...rules: readonly ExampleValue[]) {
    const web = deployment("web", { containers: [], ...spec });
    return said("default-deny-keeps-dns-and-sts", web, networkPolicy({ policyTypes: ["Egress"], egress: rules }));
  }

  test("keeps DNS by a range of ports, by all ports of a protocol, and by a rule for everybody", () => {
    const all = { to: [{ namespaceSelector: {} }] };
    expect(
      egress({}, TO_PODS, { ...all, ports: [{ port: 50, endPort: 60, protocol: "UDP" }, { protocol: "TCP" }] }),
    ).toEqual(["pass"]);
    expect(egress({}, TO_PODS, {})).toEqual(["pass"]);
    expect(
      egress({}, TO_PODS, { ...all, ports: [{ port: 54, endPort: 60, protocol: "UDP" }, { protocol: "TCP" }] }),
    ).toEqual(["fail web spec.template.metadata.labels"]);
  });

  test("needs no DNS of the cluster where the pod asks another, and on the host's network", () => {
    expect(egress({ dnsPolicy: "Default" }, TO_PODS)).toEqual(["pass"]);
    expect(egress({ hostNetwork: true }, TO_PODS)).toEqual(["notApplicable"]);
  });
});

describe("the policy of a key", () => {
  const LOGS = planned("aws:cloudwatch/logGroup:LogGroup", "logs", { name: "/app", kmsKeyId: ref("key", "arn") });
  const KEY = "aws:kms/key:Key";

  function statement(condition: ExampleObject, service = "logs.eu-west-1.amazonaws.com") {
    const actions = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"];
    const principal = { Service: service };
    return { Effect: "Allow", Principal: principal, Action: actions, Resource: "*", Condition: condition };
  }

  const judged = (...resources: readonly ExampleResource[]) =>
    said("kms-key-policy-sufficient-and-minimal", LOGS, ...resources);
  const context = (arn: string) => ({ ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn } });

  test("names the log group, or another one", () => {
    const key = (arn: string) => planned(KEY, "key", { policy: json({ Statement: statement(context(arn)) }) });
    expect(judged(key("arn:aws:logs:eu-west-1:111122223333:log-group:*"))).toEqual(["pass"]);
    expect(judged(key("arn:aws:logs:eu-west-1:111122223333:log-group:/app"))).toEqual(["pass"]);
    expect(judged(key("arn:aws:logs:eu-west-1:111122223333:log-group:/other"))).toEqual(["fail logs kmsKeyId"]);
  });

  test("names CloudWatch Logs of China as China does", () => {
    const key = (service: string) => planned(KEY, "key", { policy: json({ Statement: statement({}, service) }) });
    expect(judged(key("logs.cn-north-1.amazonaws.com.cn"))).toEqual(["pass"]);
    expect(judged(key("logs.cn-north-1.amazonaws.com"))).toEqual(["fail logs kmsKeyId"]);
  });

  test("names the trail as the source of the call too, as CloudTrail's guide has it, or another one", () => {
    const trail = planned("aws:cloudtrail/trail:Trail", "trail", { name: "prod", kmsKeyId: ref("key", "arn") });
    const key = (source: string) =>
      planned(KEY, "key", {
        policy: json({
          Statement: {
            Effect: "Allow",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: "kms:GenerateDataKey*",
            Resource: "*",
            Condition: {
              StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:eu-west-1:111122223333:trail/${source}` },
              StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/*" },
            },
          },
        }),
      });
    const judgedTrail = (source: string) => said("kms-key-policy-sufficient-and-minimal", trail, key(source));
    expect(judgedTrail("prod")).toEqual(["pass"]);
    expect(judgedTrail("other")).toEqual(["fail trail kmsKeyId"]);
  });

  test("may be a resource of its own, and is the one that AWS gives to keys where there is none", () => {
    const apart = planned("aws:kms/keyPolicy:KeyPolicy", "apart", {
      keyId: ref("key", "id"),
      policy: json({ Statement: statement({}) }),
    });
    expect(judged(planned(KEY, "key", {}), apart)).toEqual(["pass"]);
    expect(judged(planned(KEY, "key", {}))).toEqual(["fail logs kmsKeyId"]);
  });

  test("leaves roles to their policies by the service that they come through", () => {
    const through = (viaService: string) =>
      json({
        Statement: {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "kms:*",
          Resource: "*",
          Condition: { StringEquals: { "kms:ViaService": viaService, "kms:CallerAccount": "111122223333" } },
        },
      });
    const driver = {
      clusterName: ref("prod", "name"),
      addonName: "aws-ebs-csi-driver",
      serviceAccountRoleArn: ref("role", "arn"),
    };
    const usable = (viaService: string) =>
      said(
        "storageclass-kms-usable",
        inCluster(
          manifest({
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: { name: "gp3" },
            provisioner: "ebs.csi.aws.com",
            parameters: { kmsKeyId: ref("key", "arn") },
          }),
        ),
        planned(KEY, "key", { policy: through(viaService) }),
        planned("aws:eks/addon:Addon", "csi", driver),
        ...allowing("kms:*"),
        ...cluster(),
      );
    expect(usable("ec2.eu-west-1.amazonaws.com")).toEqual(["pass"]);
    expect(usable("s3.eu-west-1.amazonaws.com")).toEqual(["fail gp3 parameters.kmsKeyId"]);
  });
});

describe("an admission policy", () => {
  const GROUP = "admissionregistration.k8s.io";
  const RULES = [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }];

  function asked(spec: ExampleObject, matchResources: ExampleObject = {}) {
    const vap = manifest({
      apiVersion: `${GROUP}/v1`,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: "gate" },
      spec: { matchConstraints: { resourceRules: RULES }, ...spec },
    });
    const binding = manifest(
      {
        apiVersion: `${GROUP}/v1`,
        kind: "ValidatingAdmissionPolicyBinding",
        metadata: { name: "gate" },
        spec: { policyName: "gate", validationActions: ["Deny"], matchResources },
      },
      { as: "binding" },
    );
    return said("admission-policy-dry-run", vap, binding, container("web", { securityContext: { privileged: true } }));
  }

  const NEVER = [{ expression: "variables.all.size() == 0" }];
  const ALL = [{ name: "all", expression: "object.spec.containers" }];

  test("is asked with its own variables", () => {
    expect(asked({ variables: ALL, validations: NEVER })).toEqual(["fail web "]);
    expect(asked({ variables: ALL, validations: [{ expression: "variables.all.size() == 1" }] })).toEqual(["pass"]);
  });

  test("is for the namespaces that its binding selects", () => {
    const elsewhere = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } };
    expect(asked({ variables: ALL, validations: NEVER }, elsewhere)).toEqual(["pass"]);
  });

  test("refuses what it cannot evaluate, and cannot be asked here about what only a cluster knows", () => {
    expect(asked({ validations: [{ expression: "object.spec.nothing == 1" }] })).toEqual(["fail web "]);
    expect(
      asked({ validations: [{ expression: "authorizer.group('').resource('pods').check('create').allowed()" }] }),
    ).toEqual(["unknown web "]);
  });
});

describe("what runs where", () => {
  test("pods that a Fargate profile leaves out by a label may use their node", () => {
    const profile = planned("aws:eks/fargateProfile:FargateProfile", "profile", {
      clusterName: ref("prod", "name"),
      selectors: [{ namespace: "vote", labels: { compute: "fargate" } }],
    });
    const agent = inCluster(deployment("agent", { hostNetwork: true, containers: [] }));
    expect(said("fargate-fit", agent, profile, ...cluster())).toEqual(["notApplicable"]);
  });

  test("nodes whose version is the cluster's own fit it", () => {
    const group = planned("aws:eks/nodeGroup:NodeGroup", "workers", {
      clusterName: ref("prod", "name"),
      version: ref("prod", "version"),
    });
    expect(said("version-skew-and-removed-apis", group, ...cluster({ version: "1.36" }))).toEqual(["pass"]);
  });

  test("a tenant is bound to its nodes by a required affinity as by a selector", () => {
    const namespace = (name: string) =>
      manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "ringfence.dev/tenant": name } } });
    const terms = [{ matchExpressions: [{ key: "pool", operator: "In", values: ["vote"] }] }];
    const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
    const bound = deployment("web", { affinity: { nodeAffinity: required }, containers: [] });
    expect(said("tenant-node-isolation", bound, namespace("vote"), namespace("shop"))).toEqual(["notApplicable"]);
    const other = manifest(
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "shop", namespace: "shop" },
        spec: { nodeSelector: { pool: "shop" }, containers: [] },
      },
      { as: "shop-pod" },
    );
    expect(said("tenant-node-isolation", bound, other, namespace("vote"), namespace("shop"))).toEqual(["pass"]);
    const loose = deployment("web", { containers: [] });
    expect(said("tenant-node-isolation", loose, other, namespace("vote"), namespace("shop"))).toEqual([
      "fail web spec.template.spec.nodeSelector",
    ]);
  });

  test("a pod that may push matters less where tags never change", () => {
    const image = concat(ref("images", "repositoryUrl"), `:v1@sha256:${"0".repeat(64)}`);
    const severities = (inputs: ExampleObject) =>
      judge(
        planOfExample({
          title: "push",
          resources: [
            inCluster(deployment("web", { containers: [{ name: "web", image }] })),
            planned("aws:ecr/repository:Repository", "images", inputs),
            associated("build"),
            ...allowing("ecr:PutImage"),
            ...cluster(),
          ],
        }),
        { rules: ["ecr-pull-closure"], today: TODAY },
      ).findings.map(({ severity }) => severity);
    expect(severities({})).toEqual(["high"]);
    expect(severities({ imageTagMutability: "IMMUTABLE" })).toEqual(["medium"]);
  });
});
