import { EKS_CLUSTER } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { namesCluster } from "../../../lib/eks.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";
import { UNKNOWN } from "../../../../plan/world/index.js";

const PROVIDER = "aws:eks/identityProviderConfig:IdentityProviderConfig";
const ENTRY = "aws:eks/accessEntry:AccessEntry";

const CLUSTER = planned(EKS_CLUSTER, "prod", { accessConfig: { authenticationMode: "API" } });
const OIDC = planned(PROVIDER, "people", { clusterName: ref("prod", "name"), oidc: { clientId: "kubernetes" } });

/** Where people come in by an OpenID Connect provider, somebody still comes in by IAM (CIS EKS 5.5.1). */
export const eksIamAuthenticator = defineRule({
  id: "eks-iam-authenticator",
  title: "people are let into the cluster by IAM",
  ring: "cluster",
  severity: "low",
  rationale:
    "An external provider of identities decides alone who is who: nothing in AWS can take a session away, and CloudTrail does not see who came. When the provider is away, nobody gets in who could mend it.",
  remediation: 'new aws.eks.AccessEntry("admins", { clusterName, principalArn, type: "STANDARD" })',
  references: references("catalogue/rules.csv: C-0232, PPB eks-iam-authenticator-enabled", {
    "cis-eks-1.8.0": ["5.5.1"],
    "owasp-k8s": ["K09"],
  }),
  since: "0.1.0",
  examples: {
    fail: [{ title: "an external provider and nobody by IAM", resources: [OIDC, CLUSTER], path: "oidc" }],
    pass: [
      {
        title: "an external provider for people, and administrators by IAM",
        resources: [
          OIDC,
          CLUSTER,
          planned(ENTRY, "admins", {
            clusterName: ref("prod", "name"),
            principalArn: "arn:aws:iam::111122223333:role/platform",
            type: "STANDARD",
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an entry for a cluster that is not known yet",
        resources: [
          OIDC,
          CLUSTER,
          planned(ENTRY, "admins", {
            clusterName: unresolved("string"),
            principalArn: "arn:aws:iam::111122223333:role/platform",
          }),
        ],
        path: "oidc",
      },
    ],
  },
  ...onResource([PROVIDER, ENTRY, EKS_CLUSTER], ({ resource, inputs, world }) => {
    if (resource.type !== PROVIDER) return notApplicable("the provider of identities is judged");
    const eks = world
      .ofType(EKS_CLUSTER)
      .find((one) => namesCluster(world, resource, inputs.at("clusterName"), one) === true);
    if (eks === undefined) return notApplicable("its cluster is not in this plan");
    const forPeople = world
      .ofType(ENTRY)
      .filter((entry) => [undefined, "STANDARD", UNKNOWN].includes(world.inputsOf(entry).at("type").string()));
    const named = forPeople.map((entry) => namesCluster(world, entry, world.inputsOf(entry).at("clusterName"), eks));
    const at = inputs.at("oidc");
    if (named.includes(true)) return pass();
    if (named.includes(UNKNOWN))
      return unknown(at, `whether anybody comes into cluster '${eks.name}' by IAM is not known before the deployment`);
    return fail(at, `people come into cluster '${eks.name}' by an external provider alone`);
  }),
});
