import type { Cursor } from "../../../../plan/world/index.js";
import { PLACEHOLDER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { imageParts } from "../../../lib/images.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const IMAGE = "registry.k8s.io/git-sync/git-sync:v4.4.2";
const C = "spec.template.spec.containers[0]";

/** Variables by which git-sync is told what to run: its git, its hook, and whom it asks for a password. */
const RUNS = /^(GIT_?SYNC_(GIT|EXECHOOK_COMMAND|ASKPASS_URL|SYNC_HOOK_COMMAND)|GIT_ASKPASS_URL)$/;

/** Arguments of the same. */
const ARGUMENT = /^--(git|exechook-command|askpass-url|sync-hook-command)(=|$)/;

/**
 * git-sync is not told by variables or arguments which program to run: whoever may edit the environment of the pod would run
 * what he likes with its service account.
 */
export const containerNoGitSync = defineRule({
  id: "container-no-git-sync",
  title: "git-sync runs no program that its environment names",
  ring: "code",
  severity: "low",
  rationale:
    "git-sync runs what GITSYNC_GIT and its hook name, from a repository that somebody else may write to: a commit is then a command in the pod, which the digest of the image says nothing of.",
  remediation: "Remove the hook; let the program read the new files, or build them into an image",
  references: references("catalogue/rules.csv: CKV_K8S_159", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "by a variable",
        resources: [container("sync", { image: IMAGE, env: [{ name: "GITSYNC_GIT", value: "/data/run" }] })],
        path: `${C}.env[0].name`,
      },
      {
        title: "by an argument",
        resources: [
          container("sync", { image: IMAGE, args: ["--repo=https://example.com/a", "--exechook-command=/data/run"] }),
        ],
        path: `${C}.args[1]`,
      },
    ],
    pass: [
      {
        title: "it only fetches",
        resources: [container("sync", { image: IMAGE, args: ["--repo=https://example.com/a"] })],
      },
      {
        title: "another program's variable",
        resources: [
          container("sync", { image: IMAGE, env: [{ name: "GITSYNC_REPO", value: "https://example.com/a" }] }),
          container("web", { env: [{ name: "GITSYNC_GIT", value: "/data/run" }] }),
        ],
      },
    ],
    unknown: [
      {
        title: "its arguments are an output",
        resources: [container("sync", { image: IMAGE, args: unresolved("list") })],
        path: `${C}.args`,
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const parts = imageParts(at.at("image"));
    if (parts === undefined || parts === UNKNOWN || !/(^|\/)git-sync$/.test(parts.repository))
      return notApplicable("it is not git-sync");
    const places = [
      ...listed(at.at("env")).map((one) => ({ at: one.at("name"), pattern: RUNS })),
      ...["command", "args"].flatMap((field) => listed(at.at(field))).map((one) => ({ at: one, pattern: ARGUMENT })),
    ];
    const found = places.find(({ at: place, pattern }) => pattern.test(known(place)));
    if (found !== undefined)
      return fail(found.at, `${containerLabel} runs the program that ${known(found.at).split("=")[0] ?? ""} names`);
    const hidden = places.find(({ at: place }) => place.isUnknown);
    return hidden === undefined
      ? pass()
      : unknown(hidden.at, `which programs ${containerLabel} runs is not known before the deployment`);
  }),
});

function listed(list: Cursor): readonly Cursor[] {
  return list.isUnknown ? [list] : list.items();
}

function known(at: Cursor): string {
  const text = at.text();
  return typeof text === "string" ? text.replaceAll(PLACEHOLDER, "…") : "";
}
