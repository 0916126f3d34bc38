/** The usage examples do what they show, and the page shows what they are. */
import * as examples from "../../../examples/snippets/identity.js";
import { Cidr, EncryptionKeys, Network, PodIdentity } from "../../../infra/index.js";
import type { ClusterRef } from "../../../infra/index.js";
import { snippetsOf, sourceOf } from "../pages.js";
import { LOGS_KEY, planIn } from "../support.js";
import { CLUSTER, failuresIn, role } from "./support.js";

const cluster: ClusterRef = {
  ...CLUSTER,
  clusterName: "prod",
  kubernetesVersion: "1.36",
  endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
  certificateAuthority: "LS0tLS1CRUdJTg==",
  serviceCidr: Cidr.parse("172.20.0.0/16"),
  controlPlaneSecurityGroupId: "sg-0123456789abcdef0",
};
const github = "token.actions.githubusercontent.com";

test.each<[name: string, program: () => unknown]>([
  [
    "people",
    () => {
      examples.people(cluster);
    },
  ],
  [
    "the boundary",
    () =>
      new PodIdentity("reader", {
        cluster,
        namespace: "exports",
        serviceAccount: "reader",
        targetRoleArn: "arn:aws:iam::444455556666:role/prod-exports-reader",
        permissionsBoundaryArn: examples.boundary().arn,
      }),
  ],
  [
    "a shared role",
    () => {
      examples.sharedRole(cluster);
    },
  ],
  [
    "another account",
    () => {
      examples.otherAccount(cluster);
    },
  ],
  [
    "pods on Fargate",
    () => {
      examples.fargatePods(cluster);
    },
  ],
  [
    "emergencies",
    () => {
      examples.emergency(cluster, LOGS_KEY);
    },
  ],
  [
    "a pipeline that comes through the bastion",
    () => {
      const keys = new EncryptionKeys("prod-keys", { administrators: [role("platform")] });
      const network = new Network("prod", { keys, features: ["nodes", "podIdentity", "bastion"] });
      examples.delivery(cluster, { network, cluster, keys });
    },
  ],
  [
    "other sources",
    () => {
      examples.otherSources({ arn: `arn:aws:iam::111122223333:oidc-provider/${github}`, issuer: github });
    },
  ],
])("%s", async (_, program) => {
  const made = await planIn(program);
  expect(made.resources.length).toBeGreaterThan(1);
  expect(failuresIn(made)).toEqual([]);
});

test("pods, with what our own rules still say of what was loosened", async () => {
  const made = await planIn(() => {
    examples.pods(cluster);
  });
  expect(failuresIn(made)).toEqual([
    "iam-no-wildcard-resource fail exporter-role-policy policy.Statement[1].Action: 'exporter-role-policy' may kinesis:DescribeStreamSummary on everything, and each can be bound to resources",
  ]);
});

test("every example of the page stands in the program, letter by letter", () => {
  const shown = snippetsOf("docs/cloud/identity.md");
  const program = sourceOf("examples/snippets/identity.ts");
  expect(shown.length).toBeGreaterThan(6);
  expect(shown.filter((snippet) => !program.includes(snippet))).toEqual([]);
});
