import type { Cursor } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import { containersOf } from "../../shapes.js";
import { expectBoolean, expectRead, fail, includes, pass, unknown } from "../../verdicts.js";
import { lists } from "../capabilities.js";
import { addedCapabilities, BASELINE_CAPABILITIES, contextsOf } from "./baseline.js";
import type { PodCheck } from "./model.js";
import { isExemptWindowsPod, isRelaxedByUserNamespace, unlessExempt } from "./model.js";

/** No process gains privileges by a set-user-ID file (`allowPrivilegeEscalation: false`, which has to be said). */
export const allowPrivilegeEscalation: PodCheck = (pod, minor) =>
  unlessExempt(isExemptWindowsPod(pod, minor), () =>
    containersOf(pod).map(({ at, containerLabel }) =>
      expectBoolean(at.at("securityContext", "allowPrivilegeEscalation"), {
        absent: true,
        accept: (value) => !value,
        message: `a set-user-ID program in ${containerLabel} gives its caller the rights of its owner, mostly root`,
        undecided: `whether ${containerLabel} allows privilege escalation is not known before the deployment`,
        ...(mayForbidEscalation(at.at("securityContext")) ? { fix: false } : {}),
      }),
    ),
  );

/**
 * Whether the API server takes `allowPrivilegeEscalation: false` beside the rest of a security context: it refuses it of a
 * privileged container and of one that adds CAP_SYS_ADMIN, spelt so (ValidateSecurityContext,
 * pkg/apis/core/validation/validation.go).
 */
function mayForbidEscalation(context: Cursor): boolean {
  const privileged = context.at("privileged").boolean() ?? false;
  return privileged === false && includes(context.at("capabilities", "add"), "CAP_SYS_ADMIN") === false;
}

/**
 * Every container drops all capabilities and adds none but NET_BIND_SERVICE (`capabilities`). A machine mends the spelling
 * alone: a program may need one of those that it would lose.
 */
export const capabilitiesRestricted: PodCheck = (pod, minor) =>
  unlessExempt(isExemptWindowsPod(pod, minor), () => [
    ...containersOf(pod).map(({ at, containerLabel }) => {
      const drop = at.at("securityContext", "capabilities", "drop");
      const otherwise = `${containerLabel} keeps the capabilities that the runtime gives, among them forging packets and changing owners`;
      const misspelt = `${containerLabel} drops all capabilities by a spelling that Pod Security does not read: it is ALL`;
      const isMisspelt = lists(drop, "ALL") === true;
      return expectRead(drop, includes(drop, "ALL"), {
        absent: false,
        accept: (value) => value,
        message: isMisspelt ? misspelt : otherwise,
        undecided: `the capabilities that ${containerLabel} drops are not known before the deployment`,
        ...(isMisspelt ? { fix: ["ALL"] } : {}),
      });
    }),
    ...addedCapabilities(pod, new Set(["NET_BIND_SERVICE"]), BASELINE_CAPABILITIES),
  ]);

/**
 * Every container must not run as root, by its own setting or the pod's (`runAsNonRoot`). The kubelet starts no container
 * of an image that runs as root then, so that a person decides.
 */
export const runAsNonRoot: PodCheck = (pod, minor) =>
  unlessExempt(isRelaxedByUserNamespace(pod, minor), () => {
    const podLevel = pod.spec.at("securityContext", "runAsNonRoot");
    const podValue = podLevel.boolean();
    const may = "may run as root: nothing says otherwise, so that its image decides";
    const asked = "may run as root: it says so";
    const explicit = podValue === false ? [fail(podLevel, `${pod.label} ${asked}`)] : [];
    const containers = containersOf(pod).flatMap(({ at, containerLabel }) => {
      const own = at.at("securityContext", "runAsNonRoot");
      const value = own.boolean();
      if (value === UNKNOWN || (value === undefined && podValue === UNKNOWN))
        return [unknown(own, `whether ${containerLabel} may run as root is not known before the deployment`)];
      // The pod's explicit false is one finding already, not one more for each container that inherits it.
      if (value === undefined && podValue === false) return [];
      if ((value ?? podValue) === true) return [pass()];
      return [fail(own, `${containerLabel} ${value === undefined ? may : asked}`)];
    });
    return [...explicit, ...containers];
  });

/** Nobody asks for user 0 (`runAsUser`). */
export const runAsUser: PodCheck = (pod, minor) =>
  unlessExempt(isRelaxedByUserNamespace(pod, minor), () =>
    contextsOf(pod).map(({ context, label }) =>
      expectRead(context.at("runAsUser"), context.at("runAsUser").number(), {
        absent: 1,
        accept: (uid) => uid !== 0,
        message: `${label} runs as user 0, root`,
        undecided: `the user of ${label} is not known before the deployment`,
      }),
    ),
  );

const VOLUME_TYPES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  // Kubernetes 1.33 allowed it at every version of the standards.
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** Volumes are of the kinds that reach nothing of the node (`spec.volumes[*]`). */
export const restrictedVolumes: PodCheck = (pod) => {
  const volumes = pod.spec.at("volumes");
  const undecided = `the volumes of ${pod.label} are not known before the deployment`;
  if (volumes.isUnknown) return [unknown(volumes, undecided)];
  return volumes.items().map((volume) => {
    if (volume.isUnknown) return unknown(volume, undecided);
    const sources = volume.entries().filter(([key, at]) => key !== "name" && !at.isAbsent);
    // The API server makes a volume without a source an emptyDir.
    if (sources.length === 0 || sources.some(([key]) => VOLUME_TYPES.includes(key))) return pass();
    return fail(
      volume,
      `${pod.label} has a volume of the kind ${sources.map(([key]) => key).join(" and ")}, which reaches past the pod`,
    );
  });
};
