import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { EKS_ADDON, isAutoMode, ofCluster } from "../../../lib/eks.js";
import { ASSOCIATION } from "../../../lib/pod-identity.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { expectRead, notApplicable, some, unknown } from "../../../verdicts.js";

const AUTO = "the nodes of Auto Mode bring their own network";

function addon(inputs: ExampleObject) {
  return planned(EKS_ADDON, "cni", { clusterName: ref("prod", "name"), addonName: "vpc-cni", ...inputs });
}

/** The VPC CNI add-on has a role of its own, by Pod Identity or by a service account's role; else it uses that of its node. */
export const eksVpcCniDedicatedIdentity = defineRule({
  id: "eks-vpc-cni-dedicated-identity",
  title: "the VPC CNI has a role of its own",
  ring: "cluster",
  severity: "medium",
  rationale:
    "The rights to attach and change network interfaces otherwise lie in the role of the node, where every pod that reaches the metadata service finds them.",
  remediation: 'podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: role.arn }]',
  references: references("catalogue/rules.csv: KY require-aws-node-irsa, HE check_aws_node_daemonset_service_account", {
    "cis-eks-1.8.0": ["5.2.1"],
    "owasp-k8s": ["K08"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, so the node's",
        resources: [addon({}), planned(EKS_CLUSTER, "prod", {})],
        path: "podIdentityAssociations",
      },
    ],
    pass: [
      {
        title: "Pod Identity",
        resources: [
          addon({
            podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: "arn:aws:iam::111122223333:role/cni" }],
          }),
          planned(EKS_CLUSTER, "prod", {}),
        ],
      },
      {
        title: "a role of the service account",
        resources: [
          addon({ serviceAccountRoleArn: "arn:aws:iam::111122223333:role/cni" }),
          planned(EKS_CLUSTER, "prod", {}),
        ],
      },
      {
        title: "an association beside it",
        resources: [
          addon({}),
          planned(EKS_CLUSTER, "prod", {}),
          planned(ASSOCIATION, "cni-role", {
            clusterName: ref("prod", "name"),
            namespace: "kube-system",
            serviceAccount: "aws-node",
            roleArn: "arn:aws:iam::111122223333:role/cni",
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [addon({ podIdentityAssociations: unresolved("list") }), planned(EKS_CLUSTER, "prod", {})],
        path: "podIdentityAssociations",
      },
    ],
  },
  ...onResource([EKS_ADDON, EKS_CLUSTER, ASSOCIATION], ({ resource: cni, inputs, world }) => {
    const named = inputs.at("addonName").string();
    if (cni.type !== EKS_ADDON || (named !== UNKNOWN && named !== "vpc-cni"))
      return notApplicable("it is another add-on");
    const [eks] = world.resolve(cni, inputs.at("clusterName")).filter(({ type }) => type === EKS_CLUSTER);
    if (eks !== undefined && isAutoMode(world, eks) === true) return notApplicable(AUTO);
    const at = inputs.at("podIdentityAssociations");
    const beside =
      eks === undefined
        ? []
        : ofCluster(world, eks, ASSOCIATION).filter(
            ({ resource }) => world.inputsOf(resource).at("serviceAccount").string() === "aws-node",
          );
    const role = inputs.at("serviceAccountRoleArn");
    const given = at.isUnknown ? UNKNOWN : at.items().length > 0;
    const has = some([
      given,
      role.refs().length > 0 || (role.isUnknown ? UNKNOWN : !role.isAbsent),
      ...beside.map(({ certain }) => certain || UNKNOWN),
    ]);
    const undecided = `whether add-on '${cni.name}' has a role of its own is not known before the deployment`;
    if (named === UNKNOWN && has !== true) return unknown(inputs.at("addonName"), undecided);
    return expectRead(at, has, {
      absent: false,
      accept: (value) => value,
      message: `the VPC CNI of add-on '${cni.name}' works with the role of its node, so that role must be able to change network interfaces`,
      undecided,
    });
  }),
});
