import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { validateWith } from "../checks.js";
import { HardenedNamespace } from "../namespace.js";
import type { PodSecurityLevel } from "../pod-security.js";
import { AdmissionPolicy } from "./admission-policy.js";
import type { AdmissionPolicyProps } from "./admission-policy.js";
import type { AdmissionControl } from "./control.js";
import { imageOrigin } from "./controls/images.js";
import { podSecurityLock } from "./controls/pod-security.js";
import { checkExemptions, exemptionsOf, isPlaced } from "./exemption.js";

/** Arguments of {@link AdmissionGuardrails}. */
export interface AdmissionGuardrailsProps extends Pick<AdmissionPolicyProps, "engine" | "enforcement" | "exemptions"> {
  /** Hosts, or hosts with the beginning of a path, from which pods take images; at least one. May hold tokens. */
  readonly approvedRegistries: readonly string[];
  /** Controls beside Pod Security and images, such as `recommendedControls()`. @default - none */
  readonly controls?: readonly AdmissionControl[];
}

/**
 * What the cluster refuses for everybody: namespaces whose Pod Security level is not the one chosen for them, pods with
 * images that are not pinned or come from elsewhere, and what `controls` adds, one `AdmissionPolicy` each. Levels that a
 * `HardenedNamespace` of the same app has relaxed are known. Make it once for a cluster.
 */
export class AdmissionGuardrails extends Construct {
  /** The controls in force. */
  readonly policies: readonly AdmissionPolicy[];

  constructor(scope: Construct, id: string, props: AdmissionGuardrailsProps) {
    super(scope, id);
    const { engine, enforcement, exemptions = [] } = props;
    const shared = {
      ...(engine === undefined ? {} : { engine }),
      ...(enforcement === undefined ? {} : { enforcement }),
    };
    // The lock is asked for at synthesis: namespaces made after the guardrails count too.
    const controls = [
      () => podSecurityLock(relaxedLevels(this)),
      () => imageOrigin(props.approvedRegistries),
      ...(props.controls ?? []).map((control) => () => control),
    ];
    // The others are told once, below, and not by every policy.
    const placed = exemptions.filter(isPlaced);
    const byId = new Map(controls.map((control) => [control().id, control]));
    this.policies = [...byId].map(
      ([name, control]) =>
        new AdmissionPolicy(this, name, { ...shared, control, exemptions: exemptionsOf(control(), placed) }),
    );
    validateWith(this, () => [
      ...checkOnce(controls.map((control) => control().id)),
      ...checkExemptions(
        "exemptions",
        exemptions,
        this.policies.map((policy) => policy.control),
      ),
    ]);
  }
}

function checkOnce(ids: readonly string[]): readonly Issue[] {
  return ids
    .filter((id, i) => ids.indexOf(id) !== i)
    .map((id) =>
      issue("Duplicate", "controls", "must hold each control once", id, "Make an AdmissionPolicy with a name"),
    );
}

function relaxedLevels(construct: Construct): Readonly<Record<string, PodSecurityLevel>> {
  const namespaces = construct.node.root.node.findAll().filter((c) => c instanceof HardenedNamespace);
  return Object.fromEntries(
    namespaces.filter((n) => n.podSecurity.level !== "restricted").map((n) => [n.name, n.podSecurity.level]),
  );
}
