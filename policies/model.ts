import type { Ring } from "../core/ring.js";
import type { PlannedObject, PlannedResource, PlannedValue } from "../plan/model/index.js";
import type { World } from "../plan/world/index.js";
import type { ExemptedFinding, ExemptionProblem } from "./exemptions/model.js";
import type { Parameter, ParameterValues } from "./parameters.js";

export type { ExemptedFinding, Exemption, ExemptionProblem } from "./exemptions/model.js";

/** How much a finding matters, the worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;

/** One of the five severities. */
export type Severity = (typeof SEVERITIES)[number];

/**
 * What a rule says of one place. `unknown` is not `pass`: the value that decides is not there before the deployment.
 */
export type Verdict =
  | { readonly kind: "pass" }
  | {
      readonly kind: "fail";
      /**
       * Property path from the inputs: `vpcConfig.endpointPublicAccess`. Empty when the resource as a whole is meant.
       */
      readonly path: string;
      /** What stands there; `undefined` when nothing does. A secret stays wrapped. */
      readonly actual: PlannedValue | undefined;
      readonly message: string;
      /**
       * How much it matters here, where the surroundings take danger away: a role that nobody is bound to.
       *
       * @default - the severity of the rule
       */
      readonly severity?: Severity;
      /**
       * The changes that make the rule pass here, when a machine can make them.
       *
       * @default - a person has to decide
       */
      readonly fix?: readonly Change[];
      /**
       * The resource in which the cause lies, when it is another: the Namespace without a policy, of a pod that none
       * covers. A failure there of a rule that covers this one implies it.
       *
       * @default - the resource itself
       */
      readonly under?: PlannedResource;
    }
  | { readonly kind: "unknown"; readonly path: string; readonly message: string }
  | { readonly kind: "notApplicable"; readonly reason: string };

/** One mechanical change of an object: what stands at a property path is set, or goes. */
export type Change =
  | { readonly kind: "set"; readonly path: string; readonly value: PlannedValue }
  | { readonly kind: "remove"; readonly path: string };

/** A verdict and the resource it is about; or the error of a rule that broke there. */
export type Outcome =
  | { readonly resource: PlannedResource; readonly verdict: Verdict }
  | { readonly resource: PlannedResource | undefined; readonly thrown: unknown };

/** What a rule may ask. */
export interface RuleContext {
  readonly world: World;
  /** The day on which dated facts (support of versions) are read. */
  readonly today: Date;
  /** What the person who judges set of the rules' parameters. */
  readonly parameters: ParameterValues;
  /**
   * The plan that this one is compared with, as `preview --against` names it.
   *
   * @default - there is none
   */
  readonly previous?: World;
}

/** The frameworks that rules refer to. */
export type Framework =
  | "cis-eks-1.8.0"
  | "cis-kubernetes"
  | "cis-aws-7"
  | "aws-fsbp"
  | "aws-security-hub"
  | "pci-dss-4"
  | "hipaa"
  | "nist-csf-2"
  | "nist-800-53"
  | "nsa-cisa"
  | "pss"
  | "owasp-k8s"
  | "attack";

/** One requirement of a framework that a rule checks, or helps to check. */
export interface Reference {
  readonly framework: Framework;
  /** The framework's own id: `5.4.2`, `EKS.1`, `T1611`, `baseline/privileged`. */
  readonly id: string;
  /** Where the mapping comes from; mappings are facts gathered from public tools, not from the standards' texts. */
  readonly source: string;
}

/** One resource of an example. Values may hold what {@link ExampleRef} and the classes of the plan's model express. */
export interface ExampleResource {
  /** Wire token. */
  readonly type: string;
  /** Pulumi name, unique within the example. */
  readonly name: string;
  readonly inputs: ExampleObject;
  /** Name of the example's resource that is its provider. */
  readonly provider?: string;
  readonly options?: PlannedResource["options"];
}

/** "The output `arn` of the example's resource called `name`." */
export class ExampleRef {
  constructor(
    readonly name: string,
    readonly output: string,
  ) {}
}

/** A map of example values. */
export interface ExampleObject {
  readonly [key: string]: ExampleValue;
}

/** A value in an example: plain data, references, and the values that a plan knows. */
export type ExampleValue =
  | Exclude<PlannedValue, PlannedObject | readonly PlannedValue[]>
  | ExampleRef
  | ExampleText
  | readonly ExampleValue[]
  | ExampleObject;

/** Text or a JSON document with references in it. */
export class ExampleText {
  constructor(
    readonly kind: "concat" | "json",
    readonly content: ExampleValue,
  ) {}
}

/** A fragment of a plan that shows what a rule means. Tests run it, the rule's page prints it. */
export interface Example {
  /** What it shows, beginning in lower case: "the endpoint is left at its default, which is public". */
  readonly title: string;
  readonly resources: readonly ExampleResource[];
  /**
   * What is set of the rule's parameters, by name.
   *
   * @default - nothing
   */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /**
   * The plan before, with which this one is compared.
   *
   * @default - there is none
   */
  readonly previous?: readonly ExampleResource[];
}

/** An example with a finding in it. */
export interface FindingExample extends Example {
  /** Path of the finding. */
  readonly path: string;
  /**
   * Name of the resource that the finding is about.
   *
   * @default - the first resource of the example
   */
  readonly on?: string;
}

/** One claim about planned resources, with everything there is to say about it. */
export interface Rule<Id extends string = string> {
  /** The name in the catalogue, kebab-case; stable for ever. */
  readonly id: Id;
  /** What must hold, in a few words. */
  readonly title: string;
  readonly ring: Ring;
  readonly severity: Severity;
  /** Why it matters. */
  readonly rationale: string;
  /** The smallest change that makes it pass, to paste. */
  readonly remediation: string;
  readonly references: readonly Reference[];
  /** The release that brought it. */
  readonly since: string;
  /** Wire tokens of the resources it reads; of Kubernetes the stable version stands for all. */
  readonly reads: readonly string[];
  /**
   * What a person can set of it.
   *
   * @default - nothing
   */
  readonly parameters?: readonly Parameter[];
  /**
   * Ids of the rules whose failures this one's failure implies, at the same place: the same item of the innermost list of
   * its path (a container, a rule of a role), else the resource. They are listed under it and are no findings of their own,
   * unless they matter more.
   *
   * @default - none
   */
  readonly covers?: readonly string[];
  /** Whether {@link Rule.covers} holds in all of the resource, wherever the failure points. @default false */
  readonly coversResource?: boolean;
  /**
   * Ids of the rules whose failures at the very same path say of the same value what this one's says: {@link Rule.covers}
   * for two rules that read one list of texts, of which each text is a place of its own.
   *
   * @default - none
   */
  readonly coversAtPath?: readonly string[];
  readonly examples: {
    readonly fail: readonly FindingExample[];
    readonly pass: readonly Example[];
    /** Where the value that decides is an output that nobody knows yet. Empty when a plan always tells. */
    readonly unknown: readonly FindingExample[];
  };
  readonly check: (context: RuleContext) => Iterable<Outcome>;
}

/** A failed or undecided rule at one place. */
export interface Finding {
  readonly rule: Rule;
  readonly verdict: "fail" | "unknown";
  /** How much it matters here: what the judge was told, else the rule's own, or less where the surroundings help. */
  readonly severity: Severity;
  readonly resource: PlannedResource;
  /** Empty when the resource as a whole is meant. */
  readonly path: string;
  /**
   * What stands there; `undefined` when nothing does. Print it with `renderPlanned` or `toPlainJson`, which hide
   * secrets.
   */
  readonly value: PlannedValue | undefined;
  readonly message: string;
  /** The changes that make the rule pass here; empty when a person has to decide. */
  readonly fix: readonly Change[];
  /** What this finding implies, see {@link Rule.covers}; in the order of findings. */
  readonly covered: readonly Finding[];
  /**
   * The resource in which the cause lies, when it is another.
   *
   * @default - the resource itself
   */
  readonly under?: PlannedResource;
}

/** A rule that holds for a resource. */
export interface Pass {
  readonly rule: Rule;
  readonly resource: PlannedResource;
}

/** A rule that threw: an error in Ringfence, never in the plan. */
export interface Defect {
  readonly rule: Rule;
  /** Where it threw; `undefined` when the rule reads the plan as a whole. */
  readonly resource: PlannedResource | undefined;
  /** One line that names rule, resource and error. */
  readonly message: string;
}

/** How many rules were asked, and what they answered. */
export interface JudgementCounts {
  /** Rules that were asked. */
  readonly rules: number;
  /** Pairs of rule and resource that hold. */
  readonly pass: number;
  /** Findings that failed. */
  readonly fail: number;
  /** Findings that nobody can decide yet. */
  readonly unknown: number;
  /** Findings that others imply; neither `fail` nor `unknown` counts them. */
  readonly covered: number;
  /** Pairs of rule and resource that do not apply, and rules that found nothing to judge. */
  readonly notApplicable: number;
}

/** What the rules say of a plan. */
export interface Judgement {
  /** The rules that were asked, in order of their ids. */
  readonly rules: readonly Rule[];
  /** By severity, then ring from the outermost, then rule id, then resource id, then path. */
  readonly findings: readonly Finding[];
  readonly passes: readonly Pass[];
  /** Findings that exemptions excuse; they are no findings any more. */
  readonly exempted: readonly ExemptedFinding[];
  readonly exemptionProblems: readonly ExemptionProblem[];
  /** Sentences for the reader of a report: skip annotations of other tools, honoured or not. */
  readonly warnings: readonly string[];
  /** Empty unless Ringfence has an error; the command line ends with exit code 3 on one. */
  readonly defects: readonly Defect[];
  readonly counts: JudgementCounts;
  /** Version that Kubernetes objects were judged at. */
  readonly kubernetesVersion: string;
}
