import type { Cursor, Read, Workload, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import type { ContainerView } from "../shapes.js";
import { expectPresent, fail, notApplicable, pass, some, unknown } from "../verdicts.js";
import { minorVersion } from "./kubernetes-version.js";
import { neighbours } from "./namespaces.js";

/** Minor version from which a pod's own resources count by default (KEP-2837). */
const POD_RESOURCES_SINCE = 34;

/** `requests`: what the scheduler keeps free; `limits`: what a container cannot exceed. */
export type ResourceKind = "requests" | "limits";

/** What a rule says of a container without the resource. */
export interface ResourceMessages {
  readonly message: string;
  readonly undecided: string;
}

/**
 * Whether a container has a request or a limit of a resource (`cpu`, `memory`, `ephemeral-storage`): its own, the pod's
 * (`spec.resources`, from 1.34, of cpu and memory), or the default of a LimitRange in its namespace. A request that is
 * left out is the limit. Ephemeral containers can have none.
 */
export function judgeResource(
  view: ContainerView,
  kind: ResourceKind,
  resource: string,
  messages: ResourceMessages,
): Verdict {
  const { at, container, spec, workload, world } = view;
  if (container.kind === "ephemeralContainers") return notApplicable(`ephemeral containers have no ${kind}`);
  const own = at.at("resources", kind, resource);
  const limit = at.at("resources", "limits", resource);
  if (!own.isAbsent) return expectPresent(own, messages);
  if (kind === "requests" && !limit.isAbsent) return expectPresent(limit, messages);
  const given = some([ofPod(spec, world, kind, resource), ofRange(world, workload, kind, resource)]);
  if (given === true) return pass();
  return given === UNKNOWN ? unknown(own, messages.undecided) : fail(own, messages.message);
}

function ofPod(spec: Cursor, world: World, kind: ResourceKind, resource: string): Read<boolean> {
  if (minorVersion(world.kubernetesVersion) < POD_RESOURCES_SINCE || resource === "ephemeral-storage") return false;
  const kinds = kind === "requests" ? (["requests", "limits"] as const) : ([kind] as const);
  return some(kinds.map((k) => isGiven(spec.at("resources", k, resource))));
}

/**
 * What a LimitRange gives containers that say nothing: limits by `default`, else `max`; requests by `defaultRequest`, else
 * the limit, else `min` (SetDefaults_LimitRangeItem of the API server).
 */
function ofRange(world: World, { object }: Workload, kind: ResourceKind, resource: string): Read<boolean> {
  const fields = kind === "limits" ? ["default", "max"] : ["defaultRequest", "default", "max", "min"];
  const limits = neighbours(world, object, "", "LimitRange").map((range) => range.root.at("spec", "limits"));
  return some(
    limits.flatMap((list) => {
      if (list.isUnknown) return [UNKNOWN];
      return list.items().flatMap((limit) => {
        const type = limit.at("type").string();
        const given = some(fields.map((field) => isGiven(limit.at(field, resource))));
        if (type === UNKNOWN) return given === false ? [] : [UNKNOWN];
        return type === "Container" ? [given] : [];
      });
    }),
  );
}

function isGiven(at: Cursor): Read<boolean> {
  if (at.refs().length > 0) return true;
  return at.isUnknown ? UNKNOWN : !at.isAbsent;
}
