import type { PlannedValue } from "../../../model/values.js";
import { isPlannedList } from "../../../model/values.js";
import { Cursor } from "../../cursor.js";
import type { Form } from "../form.js";
import { renamed } from "../form.js";

/** A list of `{ key, value }`, as CloudFormation writes maps, as a map. Keys that are not known yet are left out. */
function asMap(list: PlannedValue): PlannedValue {
  if (!isPlannedList(list)) return list;
  const entries = list.flatMap((item) => {
    const at = new Cursor(item);
    const [key, value] = [at.at("key").string(), at.at("value").value];
    return typeof key === "string" ? [[key, value ?? ""] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Tags, which the classic form has as a map. */
export const TAGS = { to: "tags", from: "tags", as: asMap } as const;

/** Resources of EKS in `@pulumi/aws-native` 1.79, after their input types. */
export const NATIVE_EKS: Readonly<Record<string, Form>> = {
  "aws-native:eks:Cluster": {
    type: "aws:eks/cluster:Cluster",
    moves: [
      TAGS,
      ...renamed({
        vpcConfig: "resourcesVpcConfig",
        encryptionConfig: "encryptionConfig[0]",
        "enabledClusterLogTypes[]": "logging.clusterLogging.enabledTypes[].type",
      }),
    ],
  },
  "aws-native:eks:Nodegroup": {
    type: "aws:eks/nodeGroup:NodeGroup",
    moves: renamed({
      nodeGroupName: "nodegroupName",
      nodeRoleArn: "nodeRole",
      subnetIds: "subnets",
      "remoteAccess.ec2SshKey": "remoteAccess.ec2SshKey",
      "remoteAccess.sourceSecurityGroupIds": "remoteAccess.sourceSecurityGroups",
    }),
  },
  "aws-native:eks:Addon": { type: "aws:eks/addon:Addon", moves: [TAGS] },
  "aws-native:eks:AccessEntry": {
    type: "aws:eks/accessEntry:AccessEntry",
    moves: [TAGS, ...renamed({ userName: "username" })],
  },
  "aws-native:eks:PodIdentityAssociation": {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    moves: [TAGS],
  },
  "aws-native:eks:FargateProfile": {
    type: "aws:eks/fargateProfile:FargateProfile",
    moves: [
      TAGS,
      ...renamed({ subnetIds: "subnets", "selectors[].namespace": "selectors[].namespace" }),
      { to: "selectors[].labels", from: "selectors[].labels", as: asMap },
    ],
  },
};
