import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { openness } from "../../../lib/addresses.js";
import type { Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const CLUSTER = "aws:eks/cluster:Cluster";

/**
 * A public endpoint admits named addresses only. Without a list EKS admits 0.0.0.0/0 (EKS API, `publicAccessCidrs`); a
 * block shorter than /8, or /16 of IPv6, counts as everybody.
 */
export const eksPublicAccessCidrsRestricted = defineRule({
  id: "eks-public-access-cidrs-restricted",
  title: "a public endpoint of the Kubernetes API admits named addresses only",
  ring: "cloud",
  severity: "critical",
  rationale:
    "With no list of addresses, or one as wide as the internet, anybody can try credentials and exploits against the API server.",
  remediation:
    'vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] }  // or endpointPublicAccess: false',
  references: references("catalogue/rules.csv: CKV_AWS_38, AWS-0041, PCP (same rule), PRW, KICS", {
    "cis-eks-1.8.0": ["5.4.1"],
    "aws-fsbp": ["EKS.1"],
    "pci-dss-4": ["1.2.8", "1.3.1", "1.3.2"],
    "owasp-k8s": ["K06"],
    attack: ["T1133"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the endpoint is public and no address list is given, so EKS admits everybody",
        resources: [planned(CLUSTER, "prod", { vpcConfig: { endpointPublicAccess: true } })],
        path: "vpcConfig.publicAccessCidrs",
      },
      {
        title: "the list holds the whole internet, in one half of it",
        resources: [planned(CLUSTER, "prod", { vpcConfig: { publicAccessCidrs: ["203.0.113.0/24", "128.0.0.0/1"] } })],
        path: "vpcConfig.publicAccessCidrs[1]",
      },
    ],
    pass: [
      {
        title: "one office's addresses",
        resources: [
          planned(CLUSTER, "prod", {
            vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
          }),
        ],
      },
      {
        title: "there is no public endpoint to restrict",
        resources: [planned(CLUSTER, "prod", { vpcConfig: { endpointPublicAccess: false } })],
      },
    ],
    unknown: [
      {
        title: "an address is an output",
        resources: [planned(CLUSTER, "prod", { vpcConfig: { publicAccessCidrs: [unresolved("string")] } })],
        path: "vpcConfig.publicAccessCidrs[0]",
      },
    ],
  },
  ...onResource([CLUSTER], ({ resource: cluster, inputs }) => {
    const endpoint = inputs.at("vpcConfig", "endpointPublicAccess");
    const isPublic = endpoint.boolean();
    if (isPublic === false) return notApplicable("the API has no public endpoint");
    const verdicts = judgeBlocks(cluster.name, inputs.at("vpcConfig", "publicAccessCidrs"));
    if (isPublic !== UNKNOWN || verdicts.every((v) => v.kind === "pass")) return verdicts;
    return unknown(
      endpoint,
      `whether the API of cluster '${cluster.name}' has a public endpoint is not known before the deployment`,
    );
  }),
});

function judgeBlocks(cluster: string, list: Cursor): readonly Verdict[] {
  const undecided = `which addresses may reach the API of cluster '${cluster}' is not known before the deployment`;
  if (list.isUnknown) return [unknown(list, undecided)];
  const blocks = list.items();
  if (blocks.length === 0) return [fail(list, `the API of cluster '${cluster}' admits every address of the internet`)];
  return blocks.map((block) => {
    const text = block.string();
    if (text === UNKNOWN) return unknown(block, undecided);
    switch (openness(text ?? "")) {
      case "world":
        return fail(
          block,
          `the API of cluster '${cluster}' admits ${text ?? ""}, more than any one organisation's addresses`,
        );
      case "malformed":
        return unknown(
          block,
          `'${text ?? ""}' is no address block, so nobody can tell whom it admits to the API of cluster '${cluster}'`,
        );
      case "part":
        return pass();
    }
  });
}
