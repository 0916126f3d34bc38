/** How a program reaches the API: what the kubeconfig holds before there is anything to reach, and what is refused. */
import * as pulumi from "@pulumi/pulumi";
import { ApiAccess } from "../../blueprint/api-access.js";
import type { ApiAddress } from "../../blueprint/api-access.js";
import { kubeconfigOf } from "../../blueprint/kubernetes-provider.js";

const ENDPOINT = "https://x.gr7.eu-west-1.eks.amazonaws.com";

const cluster = {
  clusterName: "prod",
  endpoint: pulumi.output(ENDPOINT),
  certificateAuthority: pulumi.output("LS0="),
  bastion: pulumi.output({
    region: "eu-west-1",
    tag: { key: "ringfence:bastion", value: "prod" },
    documentName: "prod-session",
    endpointHost: "x.gr7.eu-west-1.eks.amazonaws.com",
  }),
};

const valueOf = async <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply((value) => {
      resolve(value);
    });
  });

test("mocks have no engine that could end a tunnel: nothing is opened, and nothing is asked of this machine", async () => {
  const access = ApiAccess.tunnel();
  expect(access.issues()).toEqual([]);
  expect(await valueOf(access.addressOf(cluster))).toEqual({ server: ENDPOINT });
});

test("direct access is the address of the API", async () => {
  expect(await valueOf(ApiAccess.direct().addressOf(cluster))).toEqual({ server: ENDPOINT });
});

test("options are checked before anything is registered", () => {
  const issues = ApiAccess.tunnel({ port: 443, timeoutSeconds: 0, profile: "-x" }).issues();
  expect(issues.map(({ path, got }) => `${path} ${got ?? ""}`)).toEqual([
    "apiAccess.port 443",
    "apiAccess.timeoutSeconds 0",
    "apiAccess.profile '-x'",
  ]);
});

test("the choices of docs/tunnel.md are good ones", () => {
  expect(ApiAccess.tunnel({ profile: "platform", port: 61443, timeoutSeconds: 600 }).issues()).toEqual([]);
});

test("through a tunnel the kubeconfig leads to this machine and asks for the API's own certificate, without a secret", async () => {
  const address: ApiAddress = { server: "https://127.0.0.1:61234", tlsServerName: "x.gr7.eu-west-1.eks.amazonaws.com" };
  const text = await valueOf(
    kubeconfigOf({
      ...{ clusterName: "prod", region: "eu-west-1", profile: "platform" },
      ...{ address: pulumi.output(address), certificateAuthority: "LS0=" },
    }),
  );
  expect(JSON.parse(text)).toEqual({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "prod",
        cluster: {
          server: "https://127.0.0.1:61234",
          "tls-server-name": "x.gr7.eu-west-1.eks.amazonaws.com",
          "certificate-authority-data": "LS0=",
        },
      },
    ],
    users: [
      {
        name: "prod",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", "prod", "--region", "eu-west-1", "--output", "json"],
            env: [{ name: "AWS_PROFILE", value: "platform" }],
            interactiveMode: "Never",
            provideClusterInfo: false,
          },
        },
      },
    ],
    contexts: [{ name: "prod", context: { cluster: "prod", user: "prod" } }],
    "current-context": "prod",
  });
});
