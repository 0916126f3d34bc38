import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { ROLE, identityDocuments } from "../../../lib/iam-policies.js";
import { anyText, matchesAction, statementsOf } from "../../../lib/iam.js";
import { onResource } from "../../../shapes.js";
import { every, expectRead, fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const WRITERS = /:iam::aws:policy\/AmazonEC2ContainerRegistry(FullAccess|PowerUser)$/;
const GROUP = planned(NODE_GROUP, "workers", { clusterName: "prod", nodeRoleArn: ref("node", "arn") });

/** What changes images, or who may. Filling a pull-through cache is part of a pull. */
const WRITES = [
  "ecr:BatchDeleteImage",
  "ecr:CompleteLayerUpload",
  "ecr:DeleteRepository",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:SetRepositoryPolicy",
  "ecr:UploadLayerPart",
];

function attached(policy: string) {
  return [
    planned(ATTACHMENT, "images", { role: ref("node", "name"), policyArn: `arn:aws:iam::aws:policy/${policy}` }),
    planned(ROLE, "node", {}),
    GROUP,
  ];
}

/** The role of a node group pulls images and does not push any: no policy of AWS and no inline statement lets it. */
export const iamNodeRoleEcrReadOnly = defineRule({
  id: "iam-node-role-ecr-read-only",
  title: "nodes pull images and push none",
  ring: "cloud",
  severity: "high",
  rationale: "Whoever breaks out of one container writes the image that all the others start from tomorrow.",
  remediation: 'policyArn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"',
  references: references("catalogue/rules.csv: C-0223†, PPB eks-node-group-iam-role-minimal-policy", {
    "cis-eks-1.8.0": ["5.1.3"],
    "owasp-k8s": ["K08"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "a policy of AWS", resources: attached("AmazonEC2ContainerRegistryPowerUser"), path: "policyArn" },
      {
        title: "an inline statement",
        resources: [
          planned(INLINE, "images", {
            role: ref("node", "id"),
            policy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Action: ["ecr:Put*"],
                  Resource: "arn:aws:ecr:eu-west-1:111122223333:repository/vote",
                },
              ],
            }),
          }),
          planned(ROLE, "node", {}),
          GROUP,
        ],
        path: "policy.Statement[0].Action",
      },
    ],
    pass: [
      { title: "pulls only", resources: attached("AmazonEC2ContainerRegistryPullOnly") },
      {
        title: "a role of a pipeline pushes",
        resources: [
          planned(ATTACHMENT, "images", {
            role: ref("ci", "name"),
            policyArn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser",
          }),
          planned(ROLE, "ci", {}),
          ...attached("AmazonEC2ContainerRegistryReadOnly").slice(1),
        ],
      },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: [
          planned(INLINE, "images", { role: ref("node", "id"), policy: unresolved("string") }),
          planned(ROLE, "node", {}),
          GROUP,
        ],
        path: "policy",
      },
    ],
  },
  ...onResource([ATTACHMENT, INLINE, ROLE, NODE_GROUP], ({ resource, inputs, world }) => {
    if (resource.type === NODE_GROUP) return pass();
    const [role] =
      resource.type === ROLE
        ? [resource]
        : world.resolve(resource, inputs.at("role")).filter(({ type }) => type === ROLE);
    const isOfNodes =
      role !== undefined &&
      world.mentionsOf(role.urn).some((m) => m.resource.type === NODE_GROUP && m.path === "nodeRoleArn");
    if (!isOfNodes) return notApplicable("no node group has it");
    const message = `nodes with role '${role.name}' may push images`;
    const undecided = `whether nodes with role '${role.name}' may push images is not known before the deployment`;
    const managed = resource.type === ATTACHMENT ? [inputs.at("policyArn")] : inputs.at("managedPolicyArns").items();
    const documents = resource.type === ATTACHMENT ? [] : identityDocuments(resource, inputs);
    return [
      ...managed
        .filter((at) => world.resolve(resource, at).length === 0)
        .map((at) =>
          expectRead(at, at.text(), { absent: "", accept: (arn) => !WRITERS.test(arn), message, undecided }),
        ),
      ...documents.flatMap((document) => {
        const statements = statementsOf(document);
        if (statements === UNKNOWN) return [unknown(document, undecided)];
        return statements.map(({ effect, actions }) => {
          const writes = every([
            effect === UNKNOWN ? UNKNOWN : effect === "Allow",
            some(WRITES.map((action) => anyText(actions, (pattern) => matchesAction(pattern, action)))),
          ]);
          if (writes === UNKNOWN) return unknown(actions, undecided);
          return writes ? fail(actions, message) : pass();
        });
      }),
    ];
  }),
});
