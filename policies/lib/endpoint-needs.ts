import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { statementsOf } from "./iam.js";

/**
 * What every node calls: the VPC CNI, and image pulls by name and by layer (EKS user guide, "Deploy private clusters with
 * limited internet access").
 */
export const NEEDED_BY_NODES = ["ec2", "ecr.api", "ecr.dkr", "s3"] as const;

/**
 * Endpoints of services that programs in pods call, by the prefix of their actions. KMS is not among them: what a role may
 * do with a key is done for it by the service that holds the data.
 */
const ENDPOINT_OF_ACTION: ReadonlyMap<string, string> = new Map([
  ["dynamodb", "dynamodb"],
  ["s3", "s3"],
  ["secretsmanager", "secretsmanager"],
  ["sns", "sns"],
  ["sqs", "sqs"],
  ["ssm", "ssm"],
]);

/**
 * The endpoints that whoever holds a role needs, by the actions that its planned policies allow. Policies that are not known
 * yet, and those that AWS wrote, add none.
 */
export function endpointsNeededBy(world: World, role: PlannedResource): readonly string[] {
  const inline = world
    .inputsOf(role)
    .at("inlinePolicies")
    .items()
    .map((policy) => policy.at("policy"));
  const attached = world
    .mentionsOf(role.urn)
    .filter(({ resource, path }) => path === "role" && resource.type.startsWith("aws:iam/rolePolicy"))
    .flatMap(({ resource }) => [world.inputsOf(resource).at("policy"), ...policiesOf(world, resource)]);
  return [...new Set([...inline, ...attached].flatMap(servicesIn))];
}

function policiesOf(world: World, attachment: PlannedResource): readonly Cursor[] {
  return world
    .resolve(attachment, world.inputsOf(attachment).at("policyArn"))
    .filter((r) => r.type === "aws:iam/policy:Policy")
    .map((policy) => world.inputsOf(policy).at("policy"));
}

function servicesIn(document: Cursor): readonly string[] {
  const statements = statementsOf(document);
  if (statements === UNKNOWN) return [];
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ actions }) => actions.items().map((action) => action.text()))
    .flatMap((action) =>
      typeof action === "string" ? (ENDPOINT_OF_ACTION.get(action.split(":")[0] ?? "") ?? []) : [],
    );
}
