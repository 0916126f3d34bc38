import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { bottlerocketSettings, nodeSettingsIssues, planNodeSettings } from "../../core/node-settings.js";
import type { NodeSettings } from "../../core/node-settings.js";
import { tomlOf } from "../../core/toml.js";
import type { TomlTable } from "../../core/toml.js";
import type { ClusterRef } from "../cluster/reference.js";
import { bottlerocketIssues, identifies, overlayIssues, readToml } from "./bottlerocket.js";
import type { AmiFacts, NodeOs } from "./data/ami-types.js";
import { mergeTrees } from "./guarantees.js";
import type { SettingsTree } from "./guarantees.js";
import { kubeletConfig, multipart, nodeConfigIssues, nodeConfigOverlayIssues } from "./node-config.js";
import type { NodeConfigSpec } from "./node-config.js";

/** EC2 takes 16 KiB of user data before it is encoded. */
const MOST_BYTES = 16_384;

/** What {@link planUserData} reads. */
export interface UserDataChoices {
  readonly settings: NodeSettings | undefined;
  /** Settings of Bottlerocket in TOML, laid over ours. */
  readonly bottlerocket: string | undefined;
  /** Parts of a NodeConfig of Amazon Linux, laid over ours. */
  readonly nodeConfig: NodeConfigSpec | undefined;
}

/** The cluster, as a node must be told where EKS does not tell it. */
export interface ClusterIdentity {
  readonly name: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
}

/** User data that was checked. */
export interface UserDataPlan {
  readonly issues: readonly Issue[];
  /** The text; `identity` on an image of one's own. */
  readonly text: (identity?: ClusterIdentity) => string;
}

/** Plans the user data of one operating system from the settings and what is laid over them. */
export function planUserData(
  image: AmiFacts,
  choices: UserDataChoices,
  cluster: Pick<ClusterRef, "serviceCidr">,
): UserDataPlan {
  const { os } = image;
  const foreign = os === "bottlerocket" ? choices.nodeConfig : choices.bottlerocket;
  const plan = os === "bottlerocket" ? planBottlerocket(image, choices, cluster) : planAmazonLinux(choices, cluster);
  const issues = [...nodeSettingsIssues("settings", choices.settings), ...plan.issues];
  if (foreign !== undefined) {
    const [given, wanted] = os === "bottlerocket" ? ["nodeConfig", "bottlerocket"] : ["bottlerocket", "nodeConfig"];
    const advice = `Use \`${wanted}\`, which is what this image reads`;
    issues.push(issue("Conflict", given, "must be of the operating system of the image", os, advice));
  }
  const bytes = Buffer.byteLength(plan.text());
  if (bytes > MOST_BYTES) {
    const path = os === "bottlerocket" ? "bottlerocket" : "nodeConfig";
    const advice = "Leave out what the image has already";
    issues.push(issue("OutOfRange", path, `must leave user data at ${MOST_BYTES} bytes or less`, bytes, advice));
  }
  return { issues, text: plan.text };
}

/** Checks user data that somebody wrote beside us, base64, against what EKS takes for the operating system. */
export function foreignUserDataIssues(at: string, base64: string, os: NodeOs): Issue[] {
  const text = Buffer.from(base64, "base64").toString("utf8");
  const bytes = Buffer.byteLength(text);
  const issues: Issue[] = [];
  if (bytes > MOST_BYTES)
    issues.push(issue("OutOfRange", at, `must have at most ${MOST_BYTES} bytes`, bytes, "Write less of it"));
  if (os === "bottlerocket") {
    const { tree, issues: malformed } = readToml(at, text);
    return [...issues, ...malformed, ...bottlerocketIssues(at, tree)];
  }
  if (/^(MIME-Version|Content-Type: multipart\/)/i.test(text)) return issues;
  const advice = "EKS adds a part of its own to it: begin with 'MIME-Version: 1.0'";
  return [...issues, issue("Malformed", at, "must be a MIME document of several parts", text.slice(0, 20), advice)];
}

function planBottlerocket(
  { accelerators }: AmiFacts,
  choices: UserDataChoices,
  { serviceCidr }: Pick<ClusterRef, "serviceCidr">,
): UserDataPlan {
  const at = "bottlerocket";
  const overlay = choices.bottlerocket === undefined ? undefined : readToml(at, choices.bottlerocket);
  const nvidia = accelerators.includes("nvidia");
  const ours = bottlerocketSettings(planNodeSettings(choices.settings), { nvidia }) as unknown as SettingsTree;
  const merged = mergeTrees(ours, overlay?.tree ?? {});
  const given = overlay === undefined ? [] : [...overlay.issues, ...overlayIssues(at, overlay.tree)];
  return {
    issues: overlay === undefined ? [] : [...given, ...bottlerocketIssues(at, merged)],
    text: (identity) => {
      const dnsIp = Cidr.address(serviceCidr, 10);
      const all = identity === undefined ? merged : mergeTrees(merged, identifies({ ...identity, dnsIp }));
      return tomlOf(all as TomlTable);
    },
  };
}

function planAmazonLinux(choices: UserDataChoices, { serviceCidr }: Pick<ClusterRef, "serviceCidr">): UserDataPlan {
  const at = "nodeConfig";
  const settings = planNodeSettings(choices.settings);
  const overlay = choices.nodeConfig;
  const merged = mergeTrees({ kubelet: { config: kubeletConfig(settings) } }, (overlay ?? {}) as SettingsTree);
  return {
    issues: overlay === undefined ? [] : [...nodeConfigOverlayIssues(at, overlay), ...nodeConfigIssues(at, merged)],
    text: (identity) => {
      if (identity === undefined) return multipart(merged, settings.sysctls);
      const { name, endpoint, certificateAuthority } = identity;
      const cluster = { name, apiServerEndpoint: endpoint, certificateAuthority, cidr: serviceCidr };
      return multipart({ ...merged, cluster }, settings.sysctls);
    },
  };
}
