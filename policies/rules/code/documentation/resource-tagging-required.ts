import type { PlannedResource } from "../../../../plan/model/index.js";
import { takesTags } from "../../../../core/data/aws-taggable.js";
import type { Cursor, World } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { textList } from "../../../parameters.js";
import { onWorld } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const BUCKET = "aws:s3/bucket:Bucket";
const PROVIDER = "pulumi:providers:aws";

const TAGS = textList({
  name: "tags",
  about:
    "Keys of the tags that every resource of AWS carries, by itself or from its provider. None are asked for until some are named.",
  fallback: [],
});

const OWNED = { tags: ["owner"] };

/** Every resource that takes tags carries the ones that the settings name. Tags of the provider (`defaultTags`) count. */
export const resourceTaggingRequired = defineRule({
  id: "resource-tagging-required",
  title: "resources carry the tags that were agreed on",
  ring: "code",
  severity: "info",
  rationale:
    "A tag tells whom to call at night, who pays, and whether the thing may go. What has none is kept for ever, by nobody.",
  remediation: 'new aws.Provider("aws", { defaultTags: { tags: { owner: "shop" } } })',
  references: [],
  since: "0.1.0",
  parameters: [TAGS],
  examples: {
    fail: [
      {
        title: "no owner",
        resources: [planned(BUCKET, "votes", { tags: { team: "shop" } })],
        parameters: OWNED,
        path: "tags.owner",
      },
    ],
    pass: [
      { title: "an owner", resources: [planned(BUCKET, "votes", { tags: { owner: "shop" } })], parameters: OWNED },
      {
        title: "the provider gives it to all",
        resources: [
          planned(BUCKET, "votes", {}, { provider: "aws" }),
          planned(PROVIDER, "aws", { defaultTags: json({ tags: { owner: "shop" } }) }),
        ],
        parameters: OWNED,
      },
      {
        title: "none are asked for, and what takes no tags is not asked",
        resources: [
          planned(BUCKET, "votes", { tags: { owner: "a" } }),
          planned("aws:s3/bucketAcl:BucketAcl", "acl", { bucket: "votes" }),
        ],
        parameters: OWNED,
      },
    ],
    unknown: [
      {
        title: "the tags are an output",
        resources: [planned(BUCKET, "votes", { tags: unresolved("object") })],
        parameters: OWNED,
        path: "tags",
      },
    ],
  },
  ...onWorld([BUCKET, PROVIDER], function* ({ world, parameters }) {
    const wanted = parameters.of(TAGS);
    if (wanted.length === 0) return;
    for (const resource of world.resources.filter(({ type, custom }) => custom && takesTags(type))) {
      const own = world.inputsOf(resource).at("tags");
      const given = defaultTags(world, resource);
      const missing = wanted.filter((key) => [own, given].every((tags) => tags.isUnknown || tags.at(key).isAbsent));
      if (missing.length === 0) yield { resource, verdict: pass() };
      else if (own.isUnknown || given.isUnknown)
        yield {
          resource,
          verdict: unknown(own, `which tags '${resource.name}' carries is not known before the deployment`),
        };
      else
        for (const key of missing)
          yield {
            resource,
            verdict: fail(own.at(key), `'${resource.name}' lacks the tag '${key}' that was agreed on`),
          };
    }
  }),
});

/** The tags that a resource's provider gives it: its own provider, or the ambient one. */
function defaultTags(world: World, resource: PlannedResource): Cursor {
  const { provider } = resource;
  const own =
    provider === undefined
      ? world.ofType(PROVIDER).find(({ name }) => name.startsWith("default"))
      : world.byUrn(provider);
  return world
    .inputsOf(own ?? { ...resource, inputs: {} })
    .at("defaultTags")
    .json()
    .at("tags");
}
