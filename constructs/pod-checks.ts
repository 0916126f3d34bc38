import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkSubdomain, checkWhole } from "./checks.js";
import { checkConfinement } from "./confinement.js";
import { checkContainer, checkNamedContainers } from "./container.js";
import { accessOf, checkHostAccess, grants } from "./host-access.js";
import type { HostAccess } from "./host-access.js";
import { containersOf, hostVolumeName, mainContext, ownsUsers, podPorts, POD_DEFAULTS, podVolumes } from "./pod.js";
import type { PodContext, PodProps } from "./pod.js";
import { portText } from "./port.js";
import { checkRunAs } from "./run-as.js";
import { checkScheduling } from "./scheduling.js";
import { checkToken, TOKEN_VOLUME_NAME } from "./service-account-token.js";
import { MAX_MAPPED_ID } from "./user-namespace.js";

/** What the namespace around a pod allows. */
export interface PodSurroundings {
  /** Absent when every registry is good. */
  readonly approvedRegistries: readonly string[] | undefined;
  /** What of the host pods may take. */
  readonly granted: readonly HostAccess[];
}

/** The issues of a pod. */
export function checkPod(props: PodProps, context: PodContext, surroundings: PodSurroundings): readonly Issue[] {
  const { runAs, serviceAccountToken, runtimeClassName, qosClass } = props;
  const { approvedRegistries } = surroundings;
  const beside = { qosClass, approvedRegistries };
  return [
    ...checkContainer("", "main", props, { ...mainContext(props), approvedRegistries }),
    ...checkNamedContainers("initContainers", "init", props.initContainers ?? [], beside),
    ...checkNamedContainers("sidecars", "sidecar", props.sidecars ?? [], beside),
    ...checkUnique(props, context.name),
    ...checkTakenPaths(props),
    ...checkConfinement(props),
    ...checkScheduling(props),
    ...(runAs === undefined ? [] : checkRunAs("runAs", runAs)),
    ...checkMappedUsers(props, context),
    ...(serviceAccountToken === undefined ? [] : checkToken("serviceAccountToken", serviceAccountToken)),
    ...(runtimeClassName === undefined ? [] : checkSubdomain("runtimeClassName", runtimeClassName)),
    ...checkGrace(props),
    ...checkHost(props, surroundings),
  ];
}

/** What must be there once: containers, volumes, port names and port numbers. Two volumes are one only if they are the same object. */
function checkUnique(props: PodProps, name: string): readonly Issue[] {
  const running = [props, ...(props.sidecars ?? [])];
  const names = [name, ...[...(props.initContainers ?? []), ...(props.sidecars ?? [])].map((c) => c.name)];
  const tokenName = props.serviceAccountToken?.mounted === undefined ? [] : [TOKEN_VOLUME_NAME];
  const hostNames = accessOf(props.hostAccess ?? [], "path").map((_, n) => hostVolumeName(n));
  return [
    ...duplicates("containers", "must have names of their own", names, "Rename one of the containers"),
    ...duplicates(
      "mounts",
      "must name different volumes differently",
      [...podVolumes(props).map((volume) => volume.name), ...tokenName, ...hostNames],
      "Rename one, or make the volume once and mount it in both places",
    ),
    ...duplicates("ports", "must be there once in the pod", podPorts(props).map(portText), "Listen on another port"),
    ...duplicates(
      "ports",
      "must have names of their own",
      running.flatMap((c) => Object.keys(c.ports ?? {})),
      "Rename one of the ports",
    ),
  ];
}

/** Paths at which the pod itself mounts something: a token, or files of the host. */
function checkTakenPaths(props: PodProps): readonly Issue[] {
  const tokenPath = props.serviceAccountToken?.mounted?.mountPath;
  const hostPaths = accessOf(props.hostAccess ?? [], "path").map(({ mountPath }) => mountPath);
  const mounted = containersOf(props).flatMap((c) => Object.keys(c.mounts ?? {}));
  const mainMounts = [...Object.keys(props.mounts ?? {}), ...(tokenPath === undefined ? [] : [tokenPath])];
  const twice = [
    ...(tokenPath !== undefined && mounted.includes(tokenPath) ? [tokenPath] : []),
    ...hostPaths.filter((path, i) => mainMounts.includes(path) || hostPaths.indexOf(path) !== i),
  ];
  return twice.map((path) =>
    issue(
      "Conflict",
      "mounts",
      "must leave free where the service account token or a path of the host is mounted",
      path,
      "Mount the volume elsewhere",
    ),
  );
}

function checkMappedUsers(props: PodProps, context: PodContext): readonly Issue[] {
  const { runAs } = props;
  if (runAs === undefined || !ownsUsers(props, context) || Math.max(runAs.uid, runAs.gid) <= MAX_MAPPED_ID) return [];
  return [
    issue(
      "OutOfRange",
      "runAs",
      `must be at most ${MAX_MAPPED_ID} in a pod with a user namespace of its own`,
      Math.max(runAs.uid, runAs.gid),
      "Take a lower user and group, or give a reason with UserNamespace.host",
    ),
  ];
}

function checkGrace(props: PodProps): readonly Issue[] {
  const grace = props.terminationGracePeriodSeconds ?? POD_DEFAULTS.terminationGracePeriodSeconds;
  const wrong = checkWhole("terminationGracePeriodSeconds", grace, 1, 86_400);
  if (wrong.length > 0) return wrong;
  return [props, ...(props.sidecars ?? [])]
    .map((c) => c.preStop?.manifest.sleep?.seconds ?? 0)
    .filter((seconds) => seconds >= grace)
    .map((seconds) =>
      issue(
        "Conflict",
        "preStop",
        `must sleep less than the termination grace period of ${grace} seconds`,
        seconds,
        "Sleep less, or raise 'terminationGracePeriodSeconds'",
      ),
    );
}

function checkHost(props: PodProps, { granted }: PodSurroundings): readonly Issue[] {
  const asked = props.hostAccess ?? [];
  const issues = [
    ...asked.flatMap((access, i) => checkHostAccess(`hostAccess[${i}]`, access)),
    ...asked
      .filter((access) => !grants(granted, access))
      .map(({ access, relaxation: { choice } }) =>
        issue(
          "NotAllowed",
          "hostAccess",
          `must be granted by the namespace, but ${choice} is not`,
          access,
          "Put the workload into a SystemNamespace whose 'hostAccess' has it",
        ),
      ),
  ];
  if (asked.length > 0 && props.userNamespace !== undefined && props.userNamespace.relaxation === undefined)
    issues.push({
      code: "Conflict",
      path: "userNamespace",
      rule: "must not be the pod's own in a pod with host access",
      advice: "Leave out 'userNamespace' or 'hostAccess'",
    });
  return issues;
}

function duplicates(path: string, rule: string, names: readonly string[], advice: string): readonly Issue[] {
  const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return [...twice].map((name) => issue("Duplicate", path, rule, name, advice));
}
