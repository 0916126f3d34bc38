import type { PlannedResource } from "../../../../plan/model/index.js";
import type { World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { clustersOfProvider, isClusterProvider, OIDC_PROVIDER } from "../../../lib/irsa.js";
import { onResource } from "../../../shapes.js";
import { expectRead, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const CLUSTER = planned(EKS_CLUSTER, "prod", {});
const ISSUER = ref("prod", "identities[0].oidcs[0].issuer");
const ELSEWHERE = "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E";

/**
 * An identity provider for the tokens of an EKS cluster takes its URL from a cluster of the plan, and takes tokens made for
 * `sts.amazonaws.com` (EKS user guide, "Create an IAM OIDC provider for your cluster").
 */
export const oidcProviderBelongsToCluster = defineRule({
  id: "oidc-provider-belongs-to-cluster",
  title: "the account trusts the tokens of its own clusters only",
  ring: "cloud",
  severity: "high",
  rationale:
    "Whoever runs the cluster behind an issuer signs tokens for any namespace and service account. An issuer of another cluster, or of one that is gone, hands every role that trusts it to somebody else.",
  remediation:
    'new aws.iam.OpenIdConnectProvider("cluster", { url: cluster.identities[0].oidcs[0].issuer, clientIdLists: ["sts.amazonaws.com"] })',
  references: references("catalogue/cross-ring-rules.csv: N31", { "owasp-k8s": ["K08"], attack: ["T1078.004"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the issuer of a cluster that this plan does not make, beside one that it makes",
        resources: [planned(OIDC_PROVIDER, "oidc", { url: ELSEWHERE, clientIdLists: ["sts.amazonaws.com"] }), CLUSTER],
        path: "url",
      },
      {
        title: "tokens made for somebody else",
        resources: [
          planned(OIDC_PROVIDER, "oidc", { url: ISSUER, clientIdLists: ["sts.amazonaws.com", "ci"] }),
          CLUSTER,
        ],
        path: "clientIdLists[1]",
      },
    ],
    pass: [
      {
        title: "the issuer of the planned cluster",
        resources: [planned(OIDC_PROVIDER, "oidc", { url: ISSUER, clientIdLists: ["sts.amazonaws.com"] }), CLUSTER],
      },
      {
        title: "a provider that is no cluster's",
        resources: [
          planned(OIDC_PROVIDER, "ci", {
            url: "https://token.actions.githubusercontent.com",
            clientIdLists: ["sts.amazonaws.com"],
          }),
          CLUSTER,
        ],
      },
    ],
    unknown: [
      {
        title: "the URL is an output that nothing explains",
        resources: [planned(OIDC_PROVIDER, "oidc", { url: unresolved("string") }), CLUSTER],
        path: "url",
      },
      {
        title: "a plan of roles only",
        resources: [planned(OIDC_PROVIDER, "oidc", { url: ELSEWHERE, clientIdLists: ["sts.amazonaws.com"] })],
        path: "url",
      },
    ],
  },
  ...onResource([OIDC_PROVIDER, EKS_CLUSTER], ({ resource: provider, inputs, world }) => {
    if (provider.type === EKS_CLUSTER) return notApplicable("providers are judged");
    const url = inputs.at("url");
    const undecided = `whose tokens provider '${provider.name}' trusts is not known from this plan`;
    if (url.text() === UNKNOWN && world.resolve(provider, url).length === 0) return unknown(url, undecided);
    if (!isClusterProvider(world, provider)) return notApplicable("it is no provider of a cluster's tokens");
    return [judgeIssuer(world, provider), ...judgeAudiences(world, provider)];
  }),
});

function judgeIssuer(world: World, provider: PlannedResource) {
  const url = world.inputsOf(provider).at("url");
  if (clustersOfProvider(world, provider).length > 0) return pass();
  return world.ofType(EKS_CLUSTER).length === 0
    ? unknown(url, `whose tokens provider '${provider.name}' trusts is not known from this plan`)
    : fail(
        url,
        `provider '${provider.name}' lets a cluster that this plan does not make sign tokens for any role that trusts it`,
      );
}

function judgeAudiences(world: World, provider: PlannedResource) {
  const list = world.inputsOf(provider).at("clientIdLists");
  return (list.isUnknown ? [list] : list.items()).map((at) =>
    expectRead(at, at.string(), {
      absent: "",
      accept: (audience) => audience === "sts.amazonaws.com",
      message: `provider '${provider.name}' takes tokens that pods make for somebody else`,
      undecided: `for whom the tokens of provider '${provider.name}' are made is not known before the deployment`,
    }),
  );
}
