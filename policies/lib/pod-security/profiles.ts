import { isBuiltInGroup } from "../../../core/data/cluster-scoped-kinds.js";
import type { Cursor } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import type { Verdict } from "../../model.js";
import { containersOf } from "../../shapes.js";
import type { PodView } from "../../shapes.js";
import { expectRead, expectString, fail, pass, setTo, unknown } from "../../verdicts.js";
import { contextsOf } from "./baseline.js";
import type { PodCheck } from "./model.js";
import { isExemptWindowsPod, unlessExempt } from "./model.js";

const SECCOMP_ANNOTATION_POD = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_ANNOTATION_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
const APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

/** The version from which the field counts and the annotations no longer do. */
const SECCOMP_FIELD_SINCE = 19;

/** AppArmor is not switched off (`appArmorProfile.type`, and the annotations before it). */
export const appArmorProfile: PodCheck = (pod) => [
  ...contextsOf(pod).map(({ context, label }) =>
    expectProfile(
      context.at("appArmorProfile"),
      label,
      "AppArmor",
      (type) => type === "RuntimeDefault" || type === "Localhost",
    ),
  ),
  ...annotations(
    pod,
    (key) => key.startsWith(APPARMOR_ANNOTATION),
    (value) => value === "" || value === "runtime/default" || value.startsWith("localhost/"),
  ),
];

/** Seccomp is not switched off (`seccompProfile.type`, and the annotations before it). */
export const seccompBaseline: PodCheck = (pod, minor) => {
  if (minor >= SECCOMP_FIELD_SINCE)
    return contextsOf(pod).map(({ context, label }) =>
      expectProfile(context.at("seccompProfile"), label, "seccomp", isSeccomp),
    );
  const names = new Set(containersOf(pod).map(({ container }) => SECCOMP_ANNOTATION_CONTAINER + container.name));
  return annotations(
    pod,
    (key) => key === SECCOMP_ANNOTATION_POD || names.has(key),
    (value) => value === "runtime/default" || value === "docker/default" || value.startsWith("localhost/"),
  );
};

/** Every container has a seccomp profile, its own or the pod's, that is not `Unconfined` (`seccompProfile.type`). */
export const seccompRestricted: PodCheck = (pod, minor) =>
  unlessExempt(isExemptWindowsPod(pod, minor), () => {
    const podProfile = pod.spec.at("securityContext", "seccompProfile");
    const own = podProfile.isAbsent ? [] : [expectProfile(podProfile, pod.label, "seccomp", isSeccomp)];
    return [
      ...own.filter((v) => v.kind !== "pass"),
      ...containersOf(pod).map(({ at, containerLabel }) => {
        const profile = at.at("securityContext", "seccompProfile");
        if (!profile.isAbsent) return expectProfile(profile, containerLabel, "seccomp", isSeccomp);
        if (podProfile.isAbsent)
          return fail(profile.at("type"), `${containerLabel} has no seccomp profile: it may make every system call`, {
            // Operators' kinds may know no security context of the pod, as Knative's Service without a feature flag.
            fix: [
              setTo((isBuiltInGroup(pod.workload.object.group) ? podProfile : profile).at("type"), "RuntimeDefault"),
            ],
          });
        return pass();
      }),
    ];
  });

function isSeccomp(type: string): boolean {
  return type === "RuntimeDefault" || type === "Localhost";
}

/** Judges the type of a profile; an absent profile leaves the platform's own, an empty one is none. */
function expectProfile(profile: Cursor, label: string, what: string, accept: (type: string) => boolean): Verdict {
  const undecided = `the ${what} profile of ${label} is not known before the deployment`;
  if (profile.isUnknown) return unknown(profile, undecided);
  if (profile.isAbsent) return pass();
  return expectString(profile.at("type"), {
    absent: "",
    accept: (type = "") => accept(type),
    message: `${label} switches ${what} off`,
    undecided,
    fix: "RuntimeDefault",
  });
}

function annotations(
  pod: PodView,
  counts: (key: string) => boolean,
  accept: (value: string) => boolean,
): readonly Verdict[] {
  const all = pod.workload.podMetadata.at("annotations");
  const undecided = `the annotations of ${pod.label} are not known before the deployment`;
  if (all.isUnknown) return [unknown(all, undecided)];
  return all
    .entries()
    .filter(([key]) => counts(key))
    .map(([, at]) =>
      expectRead(at, at.string() === UNKNOWN ? UNKNOWN : at.string(), {
        absent: "",
        accept,
        message: `${pod.label} switches a protection of its containers off`,
        undecided,
        fix: "runtime/default",
      }),
    );
}
