import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { Tags } from "./options.js";

/** AWS takes 50 on a resource; some stand there for us, such as `Name` and those by which controllers find subnets. */
const MOST_TAGS = 40;

/** Lengths of a key and a value (https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html). */
const LONGEST = { key: 128, value: 256 } as const;

/** Checks tags where they are known: how many, how long, and that none is one that AWS keeps for itself. */
export function tagIssues(path: string, tags: Tags | undefined): Issue[] {
  const entries = Object.entries(tags ?? {});
  const count = "Remove some: others are set by Ringfence and by AWS";
  return [
    ...(entries.length <= MOST_TAGS
      ? []
      : [issue("OutOfRange", path, `must be at most ${MOST_TAGS} tags`, entries.length, count)]),
    ...entries.flatMap(([key, value]) => {
      const at = `${path}.${key}`;
      if (key === "" || key.length > LONGEST.key)
        return [
          issue("OutOfRange", at, `must have a key of 1 to ${LONGEST.key} characters`, key, "Choose another one"),
        ];
      if (/^aws:/i.test(key))
        return [
          issue("NotAllowed", at, "must not begin with 'aws:'", key, "AWS keeps these for itself: choose another one"),
        ];
      if (typeof value !== "string" || value.length <= LONGEST.value) return [];
      return [issue("OutOfRange", at, `must have at most ${LONGEST.value} characters`, value.length, "Write less")];
    }),
  ];
}
