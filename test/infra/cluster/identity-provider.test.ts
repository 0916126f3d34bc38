import { ClusterIdentityProvider } from "../../../infra/index.js";
import type { ClusterIdentityProviderArgs } from "../../../infra/index.js";
import { inputs, planIn, resource } from "../support.js";
import { CLUSTER } from "./support.js";

const STAFF: ClusterIdentityProviderArgs = {
  cluster: CLUSTER,
  issuerUrl: "https://login.example.com/realms/staff",
  clientId: "kubernetes",
  usernamePrefix: "oidc:",
  groupsPrefix: "oidc:",
};

const plan = (args: Partial<ClusterIdentityProviderArgs> = {}) =>
  planIn(() => {
    new ClusterIdentityProvider("staff", { ...STAFF, ...args });
  });

test("people get in by tokens whose names cannot be those of Kubernetes", async () => {
  const made = await plan({ requiredClaims: { realm: "staff" } });
  expect(inputs(made, "aws:eks/identityProviderConfig:IdentityProviderConfig")).toEqual({
    clusterName: "prod",
    oidc: {
      identityProviderConfigName: "staff",
      issuerUrl: "https://login.example.com/realms/staff",
      clientId: "kubernetes",
      usernameClaim: "sub",
      usernamePrefix: "oidc:",
      groupsClaim: "groups",
      groupsPrefix: "oidc:",
      requiredClaims: { realm: "staff" },
    },
    tags: { Name: "staff" },
  });
  // A cluster takes one.
  expect(resource(made, "aws:eks/identityProviderConfig:IdentityProviderConfig").options.deleteBeforeReplace).toBe(
    true,
  );
});

test.each([
  ["http://login.example.com", "must be an https URL without query and fragment"],
  ["login.example.com", "must be an https URL without query and fragment"],
  ["https://login.example.com/?realm=staff", "must be an https URL without query and fragment"],
  ["https://localhost:8443", "must be reachable from AWS"],
  ["https://10.0.0.7/realms/staff", "must be reachable from AWS"],
])("refuses the issuer %s", async (issuerUrl, rule) => {
  await expect(plan({ issuerUrl })).rejects.toThrow(`'issuerUrl' ${rule}, got '${issuerUrl}'.`);
});

test("refuses prefixes under which a token could claim system:masters, and tokens for anybody", async () => {
  await expect(plan({ usernamePrefix: "-", groupsPrefix: "", clientId: "" })).rejects.toThrow(
    [
      "ClusterIdentityProvider 'staff':",
      "  'clientId' must name the client, got ''. Write the id of the client: without it, tokens for anybody would do",
      "  'usernamePrefix' must keep names apart from those of Kubernetes, got '-'. Write it like 'oidc:'",
      "  'groupsPrefix' must keep names apart from those of Kubernetes, got ''. Write it like 'oidc:'",
    ].join("\n"),
  );
  await expect(plan({ groupsPrefix: "system:" })).rejects.toThrow("'groupsPrefix' must keep names apart");
});
