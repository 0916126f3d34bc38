import type { Cursor, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Severity, Verdict } from "../model.js";
import type { ContainerView } from "../shapes.js";
import { fail, notApplicable, pass, remove, some, unknown } from "../verdicts.js";

/** What the capabilities do that a container may ask for (capabilities(7)), to complete "it adds the capability, which". */
const MEANING: Readonly<Record<string, string>> = {
  ALL: "stands for all of them: the node",
  AUDIT_CONTROL: "switches the audit of its node off",
  BPF: "loads programs into the kernel of its node",
  CHECKPOINT_RESTORE: "reads the memory of other processes",
  DAC_READ_SEARCH: "opens every file of its node by a number",
  IPC_LOCK: "keeps memory out of the swap",
  LINUX_IMMUTABLE: "makes files unchangeable",
  MAC_ADMIN: "changes the policy of AppArmor or SELinux",
  MAC_OVERRIDE: "passes AppArmor or SELinux",
  NET_ADMIN: "changes addresses, routes and filters of its network",
  NET_RAW: "forges packets, and so speaks for other pods of its node",
  PERFMON: "watches every process of its node",
  SYS_ADMIN: "mounts file systems and enters namespaces of its node",
  SYS_BOOT: "restarts its node",
  SYS_MODULE: "loads modules into the kernel of its node",
  SYS_NICE: "takes processor time from its neighbours",
  SYS_PTRACE: "reads and changes the memory of the processes that it sees",
  SYS_RAWIO: "reads and writes the memory and the devices of its node",
  SYS_RESOURCE: "passes the limits on resources",
  SYS_TIME: "sets the clock of its node",
  SYSLOG: "reads the kernel's messages and its addresses",
};

/** Capabilities by which nobody gets out of a container, or reads or changes what is not his. */
const MILD: ReadonlySet<string> = new Set([
  "BLOCK_SUSPEND",
  "IPC_LOCK",
  "LEASE",
  "NET_BROADCAST",
  "SYS_NICE",
  "WAKE_ALARM",
]);

/** What a capability does, when there is a sentence for it, and how much less it matters than the others. */
export function capabilityOf(name: string): { readonly meaning?: string; readonly severity?: Severity } {
  const bare = name.toUpperCase().replace(/^CAP_/, "");
  const meaning = Object.hasOwn(MEANING, bare) ? MEANING[bare] : undefined;
  return { ...(meaning === undefined ? {} : { meaning }), ...(MILD.has(bare) ? { severity: "medium" } : {}) };
}

/** The two lists of a container's capabilities (`securityContext.capabilities`). */
export function capabilityLists({ at }: ContainerView): { readonly add: Cursor; readonly drop: Cursor } {
  const capabilities = at.at("securityContext", "capabilities");
  return { add: capabilities.at("add"), drop: capabilities.at("drop") };
}

/** Whether the container is privileged, so that its lists of capabilities mean nothing: it has every one. */
export function isPrivileged({ at }: ContainerView): Read<boolean> {
  const value = at.at("securityContext", "privileged").boolean();
  return value === UNKNOWN ? UNKNOWN : value === true;
}

/**
 * Whether a list names a capability exactly as every runtime reads it: in any case, and without `CAP_`, with which
 * containerd drops nothing.
 */
export function lists(list: Cursor, name: string): Read<boolean> {
  if (list.isUnknown) return UNKNOWN;
  return some(list.items().map((item) => names(item, [name], false)));
}

/**
 * One verdict for each item of `capabilities.add` that gives a capability, by its name or as `ALL`, or may turn out to.
 * Runtimes read names in any case; CRI-O with `CAP_` before them as well.
 *
 * @param meaning What the container then does, for the message.
 */
export function judgeGrants(container: ContainerView, name: string, meaning: string): Verdict | readonly Verdict[] {
  const { add } = capabilityLists(container);
  const undecided = `whether ${container.containerLabel} has ${name} is not known before the deployment`;
  if (isPrivileged(container) === true) return notApplicable("a privileged container has every capability");
  if (add.isUnknown) return unknown(add, undecided);
  const verdicts = add.items().flatMap((item) => {
    const read = names(item, [name, "ALL"], true);
    if (read === UNKNOWN) return [unknown(item, undecided)];
    const message = `${container.containerLabel} has the capability ${name}: it ${meaning}`;
    return read ? [fail(item, message, { fix: [remove(item)] })] : [];
  });
  return verdicts.length === 0 ? pass() : verdicts;
}

function names(item: Cursor, wanted: readonly string[], prefixed: boolean): Read<boolean> {
  const text = item.string();
  if (text === UNKNOWN) return UNKNOWN;
  const upper = (text ?? "").toUpperCase();
  return wanted.includes(prefixed ? upper.replace(/^CAP_/, "") : upper);
}
