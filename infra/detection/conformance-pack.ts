import type * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { EKS_CONFORMANCE_RULES } from "./data/eks-conformance.js";
import type { ConformanceRule } from "./data/eks-conformance.js";

/** Rules of AWS Config that are set up together. */
export class ConformancePack {
  private constructor(
    /** Its name in the account: letters, digits and hyphens, beginning with a letter. */
    readonly name: string,
    /** CloudFormation text; `undefined` where it depends on the Region. */
    readonly template: pulumi.Input<string> | undefined,
  ) {}

  /** Our own pack for clusters: {@link EKS_CONFORMANCE_RULES}, those of them that the Region has. */
  static eks(): ConformancePack {
    return new ConformancePack("eks", undefined);
  }

  /**
   * A pack of yours, or one of AWS's samples: YAML or JSON, at most 51,200 characters. It is checked by the component that
   * takes it.
   */
  static ofTemplate(name: string, template: pulumi.Input<string>): ConformancePack {
    return new ConformancePack(name, template);
  }

  /** The CloudFormation text for a Region. */
  templateIn(region: string): pulumi.Input<string> {
    return this.template ?? eksTemplate(region);
  }
}

function eksTemplate(region: string): string {
  const resources = Object.entries<ConformanceRule>(EKS_CONFORMANCE_RULES)
    .filter(([, { missingIn }]) => !missingIn.includes(region))
    .map(([name, { identifier }]) => [
      identifier.replaceAll("_", ""),
      {
        Type: "AWS::Config::ConfigRule",
        Properties: { ConfigRuleName: name, Source: { Owner: "AWS", SourceIdentifier: identifier } },
      },
    ]);
  return JSON.stringify({ Resources: Object.fromEntries(resources) as unknown });
}

/** Checks names and sizes of packs (AWS Config, PutConformancePack). */
export function conformancePackIssues(path: string, packs: readonly ConformancePack[]): Issue[] {
  const names = packs.map(({ name }) => name);
  return packs.flatMap(({ name, template }, i) => {
    const issues: Issue[] = [];
    if (!/^[A-Za-z][-A-Za-z0-9]{0,255}$/.test(name)) {
      const advice = "Use letters, digits and hyphens, beginning with a letter";
      issues.push(issue("Malformed", `${path}[${i}].name`, "must be a name that AWS Config accepts", name, advice));
    }
    if (names.indexOf(name) !== i)
      issues.push(issue("Duplicate", `${path}[${i}].name`, "must name each pack once", name, "Rename the second"));
    if (typeof template === "string" && (template.length === 0 || template.length > 51_200)) {
      const rule = "must have between 1 and 51200 characters";
      issues.push(issue("OutOfRange", `${path}[${i}].template`, rule, template.length, "Split the pack"));
    }
    return issues;
  });
}
