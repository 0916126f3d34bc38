import { addonVersion } from "../../core/data/addon-versions.js";
import type { AddonName } from "../../core/data/addon-versions.js";
import { extendedSupportEnd, KUBERNETES_VERSIONS, supportOf } from "../../core/data/kubernetes-versions.js";
import { issue, unreachable } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** Versions of add-ons that replace the pinned ones: `{ coredns: "v1.14.3-eksbuild.23" }`. */
export type AddonVersions = Readonly<Partial<Record<AddonName, string>>>;

/**
 * What a Kubernetes version is worth on a day: an issue that ends the program, or a warning.
 *
 * @param extended Whether versions in extended support, which is paid for, are accepted.
 */
export function planVersion(
  version: string,
  today: Date,
  extended = false,
): { readonly issues: readonly Issue[]; readonly warning?: string } {
  const state = supportOf(version, today);
  const advice = `EKS supports ${supportedOn(today).join(", ")}`;
  const refused = (rule: string) => ({ issues: [issue("EndOfSupport", "kubernetesVersion", rule, version, advice)] });
  switch (state.kind) {
    case "supported":
      return { issues: [] };
    case "endsSoon":
      return { issues: [], warning: endWarning("standard", version, state.until, state.days, advice) };
    case "ended": {
      const rest = extendedSupportEnd(version, today);
      if (!extended) return refused(`must be in standard support, which ended on ${state.since}`);
      if (rest === undefined || rest.days < 0) return refused("must be in extended support, which ended");
      return { issues: [], warning: endWarning("extended", version, rest.until, rest.days, advice) };
    }
    case "unlisted":
      return refused("must be a version that EKS supports");
    default:
      return unreachable(state);
  }
}

function endWarning(
  kind: "standard" | "extended",
  version: string,
  until: string,
  days: number,
  advice: string,
): string {
  return `EKS ends ${kind} support of Kubernetes ${version} on ${until}, in ${days} days. ${advice}`;
}

/** The version of each add-on: the given one, else the pinned one, else an issue. */
export function planAddons<Name extends AddonName>(
  addons: readonly Name[],
  kubernetesVersion: string,
  given: AddonVersions | undefined,
): { readonly versions: Readonly<Record<Name, string>>; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const versions = addons.map((addon) => {
    const version = given?.[addon] ?? addonVersion(addon, kubernetesVersion);
    const path = `addonVersions.${addon}`;
    if (version === undefined) {
      const advice = `Read it with \`aws eks describe-addon-versions --kubernetes-version ${kubernetesVersion} --addon-name ${addon}\``;
      issues.push(
        issue("Required", path, `must be named: no version is pinned for ${kubernetesVersion}`, version, advice),
      );
    } else if (!/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)) {
      const advice = "Write it like 'v1.22.4-eksbuild.3'";
      issues.push(issue("Malformed", path, "must be the version of an EKS add-on", version, advice));
    }
    return [addon, version ?? ""] as const;
  });
  return { versions: Object.fromEntries(versions) as Record<Name, string>, issues };
}

function supportedOn(today: Date): string[] {
  return KUBERNETES_VERSIONS.filter(({ version }) => {
    const { kind } = supportOf(version, today);
    return kind === "supported" || kind === "endsSoon";
  }).map(({ version }) => version);
}
