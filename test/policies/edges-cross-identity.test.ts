/** What rules about identities across rings say at their edges: other forms of the same thing, and near misses. */
import { cluster, deployment, json, manifest, planned, planOfExample, ref } from "../../policies/examples.js";
import type { ExampleObject, ExampleResource, ExampleValue } from "../../policies/model.js";
import { judge } from "../../policies/index.js";
import { roleBinding } from "../../policies/lib/rbac/examples.js";
import { service } from "../../policies/lib/service-examples.js";
import { allowing, associated, inCluster, INLINE, ROLE } from "./roles.js";
import { said, TODAY } from "./said.js";

const CLUSTER = "aws:eks/cluster:Cluster";

describe("trusts of service accounts", () => {
  const ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE";

  function trusting(condition: ExampleObject) {
    const statement = {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: condition,
    };
    return said(
      "irsa-trust-bound-to-service-account",
      planned(ROLE, "role", { assumeRolePolicy: json({ Statement: statement }) }),
    );
  }

  const AUD = { [`${ISSUER}:aud`]: "sts.amazonaws.com" };
  const SUB = `${ISSUER}:sub`;
  const at = (operator: string, key: string) => `assumeRolePolicy.Statement.Condition["${operator}"]["${key}"]`;

  test("read the issuer from text, too", () => {
    expect(trusting({ StringEquals: { [SUB]: "system:serviceaccount:vote:web", ...AUD } })).toEqual(["pass"]);
    expect(trusting({ StringEquals: AUD })).toEqual(["fail role assumeRolePolicy.Statement"]);
  });

  test("refuse an operator that an empty set passes, and a key with https://", () => {
    expect(
      trusting({ "ForAllValues:StringEquals": { [SUB]: "system:serviceaccount:vote:web" }, StringEquals: AUD }),
    ).toEqual([`fail role ${at("ForAllValues:StringEquals", SUB)}`]);
    const dead = `https://${SUB}`;
    expect(trusting({ StringEquals: { [dead]: "system:serviceaccount:vote:web", ...AUD } })).toEqual([
      `fail role assumeRolePolicy.Statement.Condition.StringEquals["${dead}"]`,
    ]);
  });

  test("leave other issuers to other rules", () => {
    const statement = {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
    };
    const role = planned(ROLE, "role", { assumeRolePolicy: json({ Statement: statement }) });
    expect(said("irsa-trust-bound-to-service-account", role)).toEqual(["notApplicable"]);
  });
});

describe("power over the account", () => {
  const WEB = inCluster(deployment("web", { serviceAccountName: "web", containers: [] }));
  const INTERNAL = service({ selector: { app: "web" } });

  function ingress(annotations: ExampleObject) {
    return inCluster(
      manifest(
        {
          apiVersion: "networking.k8s.io/v1",
          kind: "Ingress",
          metadata: { name: "edge", namespace: "vote", annotations },
          spec: {
            ingressClassName: "alb",
            rules: [{ http: { paths: [{ backend: { service: { name: "vote", port: { number: 80 } } } }] } }],
          },
        },
        { as: "edge" },
      ),
    );
  }

  const exposed = (annotations: ExampleObject, action: ExampleValue = "*") =>
    said(
      "exposed-workload-effective-aws-privilege",
      WEB,
      inCluster(INTERNAL),
      ingress(annotations),
      associated("web"),
      ...allowing(action),
      ...cluster(),
    );

  test("is found behind a public ingress, and not behind one that is internal, as they are unless told", () => {
    const found = ["fail web spec.template.spec.serviceAccountName"];
    expect(exposed({ "alb.ingress.kubernetes.io/scheme": "internet-facing" })).toEqual(found);
    expect(exposed({ "alb.ingress.kubernetes.io/target-type": "ip" })).toEqual(["pass"]);
    const office = {
      "alb.ingress.kubernetes.io/scheme": "internet-facing",
      "alb.ingress.kubernetes.io/inbound-cidrs": "203.0.113.0/24",
    };
    expect(exposed(office)).toEqual(["pass"]);
  });

  test("is reached by a binding for the whole cluster, and not by the account that has it anyway", () => {
    const roles = [associated("backup"), ...allowing("*"), ...cluster()];
    const bound = (subjects: ExampleValue) =>
      said(
        "k8s-rbac-to-cloud-escalation",
        inCluster(roleBinding({ kind: "ClusterRole", name: "edit" }, subjects)),
        ...roles,
      );
    expect(bound([{ kind: "Group", name: "developers" }])).toEqual(["fail binding roleRef"]);
    expect(bound([{ kind: "ServiceAccount", name: "backup", namespace: "vote" }])).toEqual(["pass"]);
    expect(bound([])).toEqual(["notApplicable"]);
    const looking = roleBinding({ kind: "ClusterRole", name: "view" }, [{ kind: "Group", name: "developers" }]);
    expect(said("k8s-rbac-to-cloud-escalation", inCluster(looking), ...roles)).toEqual(["pass"]);
  });

  test("of nodes is what the role may do, less what its boundary forbids", () => {
    const group = planned("aws:eks/nodeGroup:NodeGroup", "workers", { nodeRoleArn: ref("role", "arn") });
    const boundary = planned("aws:iam/policy:Policy", "boundary", {
      policy: json({ Statement: { Effect: "Allow", Action: "ec2:Describe*", Resource: "*" } }),
    });
    const policy = planned(INLINE, "role-policy", {
      role: ref("role", "id"),
      policy: json({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }),
    });
    const severityOf = (role: ExampleResource) =>
      judge(planOfExample({ title: "nodes", resources: [group, role, policy, boundary] }), {
        rules: ["node-role-blast-radius"],
        today: TODAY,
      }).findings.map(({ severity }) => severity);
    expect(severityOf(planned(ROLE, "role", {}))).toEqual(["critical"]);
    expect(severityOf(planned(ROLE, "role", { permissionsBoundary: ref("boundary", "arn") }))).toEqual(["medium"]);
  });
});

describe("administrators", () => {
  const CREATED = planned(CLUSTER, "prod", { accessConfig: { bootstrapClusterCreatorAdminPermissions: false } });

  test("of a cluster do not get there by what they are already", () => {
    const admin = planned("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "admin", {
      clusterName: ref("prod", "name"),
      principalArn: ref("role", "arn"),
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    });
    const rights = allowing("eks:*");
    expect(said("cloud-iam-to-cluster-admin", ...rights, CREATED)).toEqual(["fail role-policy policy"]);
    expect(said("cloud-iam-to-cluster-admin", ...rights, CREATED, admin)).toEqual(["notApplicable"]);
    expect(said("cloud-iam-to-cluster-admin", ...rights)).toEqual(["notApplicable"]);
  });

  test("are few enough by default", () => {
    expect(said("admin-path-inventory", CREATED, ...allowing("*"))).toEqual(["pass"]);
    const many = ["a", "b", "c", "d", "e", "f"].flatMap((name) => allowing("*", "*", name));
    expect(said("admin-path-inventory", CREATED, ...many)).toEqual(["fail prod "]);
  });

  test("are made by users of the old map as by roles, and by nobody in a comment", () => {
    const map = (mapUsers: string) =>
      said(
        "aws-auth-consistent-with-auth-mode",
        inCluster(
          manifest({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "aws-auth", namespace: "kube-system" },
            data: { mapUsers },
          }),
        ),
        ...cluster(),
      );
    expect(map("[{userarn: a, groups: ['system:masters']}]")).toEqual(["fail aws-auth data.mapUsers"]);
    expect(map("[{userarn: a, groups: [ops]}] # system:masters")).toEqual(["pass"]);
    expect(map("userarn: a")).toEqual(["fail aws-auth data.mapUsers"]);
    expect(map("- [")).toEqual(["fail aws-auth data.mapUsers"]);
  });
});

test("a change adds nothing where nothing is compared, and says each step that it adds once", () => {
  const before = planOfExample({ title: "before", resources: [deployment("web", { containers: [] })] });
  const after = planOfExample({
    title: "after",
    resources: [
      deployment("web", { hostPID: true, containers: [] }),
      roleBinding({ kind: "ClusterRole", name: "cluster-admin" }, [{ kind: "Group", name: "ops" }]),
    ],
  });
  const options = { rules: ["posture-delta"], today: TODAY };
  expect(judge(after, options).findings).toEqual([]);
  expect(
    judge(after, { ...options, previous: before }).findings.map(({ resource, path, severity }) => [
      resource.name,
      path,
      severity,
    ]),
  ).toEqual([
    ["binding", "subjects", "high"],
    ["web", "spec.template.spec.hostPID", "medium"],
  ]);
});
