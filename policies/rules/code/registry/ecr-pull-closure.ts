import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Read, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { cluster, concat, deployment, json, planned, ref, unresolved } from "../../../examples.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { mayDo, RIGHTS_TYPES } from "../../../lib/iam-rights.js";
import { imageParts } from "../../../lib/images.js";
import { isImmutable, imageSource, REPOSITORY } from "../../../lib/registry.js";
import { placesWithRoles } from "../../../lib/pod-roles.js";
import { ASSOCIATION } from "../../../lib/pod-identity.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import type { ContainerView } from "../../../shapes.js";
import { onContainers, WORKLOAD_TYPES } from "../../../shapes.js";
import { every, fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const IMAGE = "spec.template.spec.containers[0].image";

function pulling(actions: ExampleValue, more: readonly ReturnType<typeof planned>[] = []) {
  const image = concat(ref("web-images", "repositoryUrl"), `:v1@sha256:${"0".repeat(64)}`);
  return [
    deployment("web", { containers: [{ name: "web", image }] }, { provider: "k8s" }),
    planned(REPOSITORY, "web-images", { name: "web" }),
    planned(NODE_GROUP, "workers", { clusterName: ref("prod", "name"), nodeRoleArn: ref("node", "arn") }),
    planned(ROLE, "node", {}),
    planned("aws:iam/rolePolicy:RolePolicy", "pull", {
      role: ref("node", "name"),
      policy: json({ Statement: { Effect: "Allow", Action: actions, Resource: "*" } }),
    }),
    ...more,
    ...cluster(),
  ];
}

const PULL = ["ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"];

/** A pod of the cluster that holds a role with rights on the repository. */
function builder(actions: ExampleValue) {
  return [
    planned(ASSOCIATION, "build", {
      clusterName: ref("prod", "name"),
      namespace: "vote",
      serviceAccount: "build",
      roleArn: ref("builder", "arn"),
    }),
    planned(ROLE, "builder", {}),
    planned("aws:iam/rolePolicy:RolePolicy", "push", {
      role: ref("builder", "name"),
      policy: json({ Statement: { Effect: "Allow", Action: actions, Resource: ref("web-images", "arn") } }),
    }),
  ];
}

/**
 * Nodes may pull each image that comes from a planned repository, and no role of pods in the cluster may push into that
 * repository.
 */
export const ecrPullClosure = defineRule({
  id: "ecr-pull-closure",
  title: "nodes can pull what runs, and nothing that runs can push it",
  ring: "code",
  severity: "high",
  rationale:
    "A pod that may push into the repository it is started from makes its intrusion last: the next start is its own image, on every node. A node that may not pull starts nothing.",
  remediation:
    'Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]  // for what runs; ecr:PutImage for the build outside the cluster only',
  references: references("catalogue/cross-ring-rules.csv: N12", { "owasp-k8s": ["K07"], attack: ["T1525"] }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "nodes may not pull", resources: pulling("ecr:GetAuthorizationToken"), path: IMAGE },
      { title: "a pod may replace the image", resources: pulling(PULL, builder("ecr:*")), path: IMAGE },
    ],
    pass: [{ title: "nodes pull, and a pod lists", resources: pulling(PULL, builder("ecr:DescribeImages")) }],
    unknown: [{ title: "what nodes may do is an output", resources: pulling(unresolved("list")), path: IMAGE }],
  },
  ...onContainers((view) => {
    const { world, at, workload, containerLabel } = view;
    const image = at.at("image");
    const parts = imageParts(image);
    if (parts === undefined || world.ofType(REPOSITORY).length === 0)
      return notApplicable("it names no image, or the plan makes no repository");
    if (parts === UNKNOWN)
      return unknown(image, `where the image of ${containerLabel} comes from is not known before the deployment`);
    const source = imageSource(world, workload.object.resource, image, parts.repository);
    if (source.kind !== "repository") return notApplicable("its image is in no repository of this plan");
    return [judgePull(view, source.resource), judgePush(view, source.resource)];
  }),
  reads: [...WORKLOAD_TYPES, REPOSITORY, NODE_GROUP, EKS_CLUSTER, ASSOCIATION, ...RIGHTS_TYPES],
});

const rights = new WeakMap<World, Map<string, Read<boolean>>>();

/** {@link mayDo} of all of some actions, remembered: many containers ask the same. */
function mayDoAll(
  world: World,
  role: PlannedResource,
  actions: readonly string[],
  resource: PlannedResource,
): Read<boolean> {
  let known = rights.get(world);
  if (known === undefined) rights.set(world, (known = new Map<string, Read<boolean>>()));
  const key = [role.urn, resource.urn, ...actions].join("|");
  let read = known.get(key);
  if (read === undefined)
    known.set(key, (read = every(actions.map((action) => mayDo(world, role, { action, resource })))));
  return read;
}

/** The planned roles of the nodes of a cluster. */
function nodeRoles(world: World, eks: PlannedResource): readonly PlannedResource[] {
  const groups = world
    .ofType(NODE_GROUP)
    .filter((group) => world.resolve(group, world.inputsOf(group).at("clusterName")).includes(eks));
  const roles = groups.flatMap((group) => world.resolve(group, world.inputsOf(group).at("nodeRoleArn")));
  return [...new Set(roles.filter((r) => r.type === ROLE))];
}

function judgePull({ world, workload, at, containerLabel }: ContainerView, repository: PlannedResource): Verdict {
  const eks = eksClusterOf(world, workload.object.cluster);
  const roles = eks === undefined ? [] : nodeRoles(world, eks);
  if (roles.length === 0) return notApplicable("the plan shows no nodes of its cluster");
  const reads = roles.map((role) =>
    mayDoAll(world, role, ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], repository),
  );
  const image = at.at("image");
  const blind = roles.find((_, i) => reads[i] === false);
  if (blind !== undefined)
    return fail(
      image,
      `nodes with role '${blind.name}' may not pull from repository '${repository.name}', so that ${containerLabel} does not start there`,
      {
        severity: "medium",
      },
    );
  return reads.includes(UNKNOWN)
    ? unknown(image, `whether nodes may pull the image of ${containerLabel} is not known before the deployment`)
    : pass();
}

function judgePush({ world, workload, at, containerLabel }: ContainerView, repository: PlannedResource): Verdict {
  const who = pusherOf(world, workload.object.cluster, repository);
  if (who === undefined) return pass();
  const pinned = some([isImmutable(world.inputsOf(repository))]) === true;
  return fail(
    at.at("image"),
    `${who} may push into repository '${repository.name}', from which ${containerLabel} is started`,
    pinned ? { severity: "medium" } : {},
  );
}

const pushers = new WeakMap<World, Map<string, string | undefined>>();

/** Whoever in a cluster may push into a repository, for messages; `undefined` when nobody may for certain. */
function pusherOf(world: World, home: string, repository: PlannedResource): string | undefined {
  let known = pushers.get(world);
  if (known === undefined) pushers.set(world, (known = new Map<string, string | undefined>()));
  const key = `${home}|${repository.urn}`;
  if (!known.has(key)) known.set(key, findPusher(world, home, repository));
  return known.get(key);
}

function findPusher(world: World, home: string, repository: PlannedResource): string | undefined {
  const may = (role: PlannedResource) => mayDoAll(world, role, ["ecr:PutImage"], repository) === true;
  const pod = placesWithRoles(world).find((place) => place.cluster === home && may(place.role));
  if (pod !== undefined) return `pods of service account '${pod.namespace}/${pod.name}'`;
  const eks = eksClusterOf(world, home);
  const node = eks === undefined ? undefined : nodeRoles(world, eks).find(may);
  return node === undefined ? undefined : `nodes with role '${node.name}'`;
}
