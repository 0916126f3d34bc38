import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { sysctlIssues } from "../../core/node-settings.js";
import { BOTTLEROCKET_GROUPS, BOTTLEROCKET_KUBERNETES } from "./data/bottlerocket-settings.js";
import { guaranteeIssues, isTree, mustBe, mustBeAbsent } from "./guarantees.js";
import type { Guarantee, SettingsTree } from "./guarantees.js";

const JOINING = "EKS says which cluster a node joins, and how";
const ON_THE_HOST = "Run it as a DaemonSet: what starts beside the kubelet has the whole node";

/** What nobody may undo in the settings of a node. */
const GUARANTEES: readonly Guarantee[] = [
  mustBe("settings.kubernetes.seccomp-default", true, "Containers without a profile run under RuntimeDefault"),
  mustBe(
    "settings.kubernetes.allowed-unsafe-sysctls",
    [],
    "Set the kernel's parameters for the node in `settings.sysctls`",
  ),
  mustBe("settings.kubernetes.server-tls-bootstrap", true, "The kubelet's certificate comes from the cluster"),
  mustBe("settings.kubernetes.authentication-mode", "aws", JOINING),
  mustBe("settings.kubernetes.standalone-mode", false, "A kubelet on its own lets every caller in"),
  mustBeAbsent("settings.kubernetes.static-pods", "They start without the API server: no admission policy sees them"),
  mustBeAbsent("settings.kubernetes.bootstrap-token", JOINING),
  mustBeAbsent("settings.kubernetes.server-key", "User data can be read by whoever may describe the launch template"),
  mustBeAbsent("settings.container-registry.credentials", "User data is no place for secrets: let nodes pull from ECR"),
  mustBe("settings.host-containers.*.enabled", false, "They are the ways to a shell on the node"),
  mustBeAbsent("settings.bootstrap-containers.*", ON_THE_HOST),
  mustBeAbsent("settings.bootstrap-commands.*", ON_THE_HOST),
  mustBeAbsent("settings.oci-hooks.log4j-hotpatch-enabled", "It runs a command in every container"),
  {
    path: ["settings", "oci-defaults", "capabilities", "*"],
    accepts: (value) => value === false,
    rule: "must not give every container a capability",
    advice: "Add it to the one container that needs it",
  },
  {
    path: ["settings", "kernel", "lockdown"],
    accepts: (value) => value === "integrity" || value === "confidentiality",
    rule: "must be 'integrity' or 'confidentiality'",
    advice: "Without it root changes the running kernel",
  },
  {
    path: ["settings", "kubernetes", "pod-pids-limit"],
    accepts: (value) => typeof value === "number" && value > 0,
    rule: "must be a limit",
    advice: "Without one a pod takes every process of its node",
  },
];

/** What {@link identifies} sets, and nobody else. */
const IDENTITY = ["cluster-name", "api-server", "cluster-certificate", "cluster-dns-ip"] as const;

/** What tells a node its cluster, where EKS does not: on an image of somebody's own. */
export function identifies(cluster: {
  readonly name: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly dnsIp: string;
}): SettingsTree {
  return {
    settings: {
      kubernetes: {
        "cluster-name": cluster.name,
        "api-server": cluster.endpoint,
        "cluster-certificate": cluster.certificateAuthority,
        "cluster-dns-ip": cluster.dnsIp,
      },
    },
  };
}

/**
 * Reads settings of Bottlerocket in TOML.
 *
 * @returns The settings, or one issue with the place where the text is no TOML.
 */
export function readToml(at: string, text: string): { readonly tree: SettingsTree; readonly issues: readonly Issue[] } {
  const { parse, TomlError } = require("smol-toml") as typeof import("smol-toml");
  try {
    return { tree: parse(text, { unsafeKeyBehaviour: "throw" }), issues: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ""] = error.message.split("\n");
    const where = `line ${error.line}, column ${error.column}: ${reason}`;
    const advice = "Write it as https://toml.io, like '[settings.ntp]'";
    return { tree: {}, issues: [issue("Malformed", at, "must be TOML", where, advice)] };
  }
}

/** Checks what somebody lays over the settings: names that Bottlerocket knows, and none by which a node joins another cluster. */
export function overlayIssues(at: string, overlay: SettingsTree): Issue[] {
  const settings = overlay["settings"];
  const outside = Object.keys(overlay).filter((key) => key !== "settings");
  const issues = [
    ...unknown(at, "", outside, []),
    ...unknown(at, "settings.", keysOf(settings), BOTTLEROCKET_GROUPS),
    ...unknown(at, "settings.kubernetes.", keysOf(settings, "kubernetes"), BOTTLEROCKET_KUBERNETES),
  ];
  const identity = IDENTITY.map((key) => mustBeAbsent(`settings.kubernetes.${key}`, JOINING));
  return [...issues, ...guaranteeIssues(at, overlay, identity)];
}

/** Checks settings of Bottlerocket against all that is guaranteed of a node. */
export function bottlerocketIssues(at: string, tree: SettingsTree): Issue[] {
  const kernel = isTree(tree["settings"]) ? tree["settings"]["kernel"] : undefined;
  const sysctls = isTree(kernel) && isTree(kernel["sysctl"]) ? Object.entries(kernel["sysctl"]) : [];
  const path = `${at}: settings.kernel.sysctl`;
  return [
    ...guaranteeIssues(at, tree, GUARANTEES),
    ...sysctls.flatMap(([key, value]) => sysctlIssues(path, key, value)),
  ];
}

function unknown(at: string, prefix: string, keys: readonly string[], known: readonly string[]): Issue[] {
  const advice = "A node with a setting that it does not know boots without its user data and never joins";
  return keys
    .filter((key) => !known.includes(key))
    .map((key) => issue("NotFound", `${at}: ${prefix}${key}`, "must be a setting of Bottlerocket", key, advice));
}

function keysOf(tree: unknown, child?: string): readonly string[] {
  const found = child !== undefined && isTree(tree) ? tree[child] : tree;
  return isTree(found) ? Object.keys(found) : [];
}
