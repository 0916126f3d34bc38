import * as accessanalyzer from "@pulumi/aws/accessanalyzer/index.js";
import * as detective from "@pulumi/aws/detective/index.js";
import * as guardduty from "@pulumi/aws/guardduty/index.js";
import * as inspector2 from "@pulumi/aws/inspector2/index.js";
import * as securityhub from "@pulumi/aws/securityhub/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { refuse } from "../errors.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { planRegion } from "../region.js";
import { accountServiceIssues } from "./account-checks.js";
import { ACCOUNT_SERVICE_DEFAULTS, GUARD_DUTY_FEATURES, guardDutyFeatures } from "./account-options.js";
import type {
  AccessAnalyzerOptions,
  AccountServicesOptions,
  GuardDutyFeature,
  GuardDutyOptions,
  SecurityHubOptions,
} from "./account-options.js";
import { createRecorder } from "./config-recorder.js";
import { SECURITY_STANDARDS } from "./data/security-standards.js";
import { createFindingRules } from "./findings.js";

/** Arguments of {@link AccountServices}. */
export interface AccountServicesArgs extends AccountServicesOptions {
  /** ARN of the key of the topic and of Config's bucket; its policy holds {@link detectionKeyStatements}. */
  readonly keyArn: pulumi.Input<string>;
  /** Where findings go: that of an {@link AlertTopic}. */
  readonly topicArn: pulumi.Input<string>;
  /**
   * The Region of the component's provider, where that is not the stack's: what the Region lacks is refused.
   *
   * @default - `aws:region` of the stack
   */
  readonly region?: string;
  /**
   * Whether Config's buckets may be deleted, with what they hold.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * The boundary of the roles of Config and EventBridge. It has to allow `sns:Publish`, which {@link PermissionsBoundary} does
   * where its `allowedActions` name it, and with Config what `AWS_ConfigRole` grants.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * Services that watch an account as a whole, each by choice, with their findings sent to a topic. Of each an account has one
 * in a Region: see {@link AccountServicesOptions} for what happens when two stacks own it.
 */
export class AccountServices extends pulumi.ComponentResource {
  /** Id of GuardDuty's detector, where it is chosen. */
  readonly detectorId: pulumi.Output<string> | undefined;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: AccountServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:AccountServices", name, {}, opts);
    const { region } = planRegion(args.region);
    refuse(`AccountServices '${name}'`, [
      ...keyArnIssues("keyArn", args.keyArn),
      ...accountServiceIssues("", name, args, region),
    ]);
    const account = accountOf(this);
    const protection = args.deletionProtection ?? DeletionProtection.on();
    const { keyArn, topicArn, permissionsBoundaryArn, tags } = args;

    const detector =
      args.guardDuty === undefined
        ? undefined
        : this.createGuardDuty(name, args.guardDuty, { region, tags, dependsOn: after(opts) });
    const recorder =
      args.config === undefined
        ? undefined
        : createRecorder(this, account, name, {
            options: args.config,
            keyArn,
            protect: protection.enabled,
            permissionsBoundaryArn,
            tags,
          });
    if (args.inspector !== undefined)
      new inspector2.Enabler(
        `${name}-inspector`,
        { accountIds: [account.id], resourceTypes: [...(args.inspector.scanned ?? ACCOUNT_SERVICE_DEFAULTS.scanned)] },
        { parent: this, dependsOn: after(opts) },
      );
    if (args.securityHub !== undefined)
      this.createSecurityHub(
        name,
        args.securityHub,
        account,
        after(opts, ...(recorder === undefined ? [] : [recorder])),
      );
    if (args.accessAnalyzer !== undefined) this.createAnalyzers(name, args.accessAnalyzer, tags, after(opts));
    if (args.detective !== undefined)
      new detective.Graph(
        `${name}-detective`,
        { tags: named(`${name}-detective`, tags) },
        { parent: this, dependsOn: after(opts, ...(detector === undefined ? [] : [detector])) },
      );
    createFindingRules(this, account, name, { services: args, topicArn, keyArn, permissionsBoundaryArn, tags });

    this.detectorId = detector?.id;
    this.registerOutputs(
      published({ detectorId: this.detectorId }, protection.relaxation ? [protection.relaxation] : []),
    );
  }

  private createGuardDuty(
    name: string,
    options: GuardDutyOptions,
    spec: { readonly region: string; readonly tags: Tags | undefined; readonly dependsOn: ReturnType<typeof after> },
  ): guardduty.Detector {
    const child = `${name}-guardduty`;
    const detector = new guardduty.Detector(
      child,
      { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", tags: named(child, spec.tags) },
      { parent: this, dependsOn: spec.dependsOn },
    );
    const watched = guardDutyFeatures(options, spec.region);
    const isWhole = options.features === undefined;
    for (const feature of Object.keys(GUARD_DUTY_FEATURES) as GuardDutyFeature[]) {
      // What a Region lacks is not even turned off there. What was left out is: a new detector has some of it on.
      if (isWhole && !watched.includes(feature)) continue;
      const called = GUARD_DUTY_FEATURES[feature];
      const isOn = watched.includes(feature);
      new guardduty.DetectorFeature(
        `${child}-${called.toLowerCase().replaceAll("_", "-")}`,
        {
          detectorId: detector.id,
          name: called,
          status: isOn ? "ENABLED" : "DISABLED",
          ...(feature === "runtime" && isOn && { additionalConfigurations: agentsOf(options) }),
        },
        { parent: this },
      );
    }
    return detector;
  }

  private createSecurityHub(
    name: string,
    options: SecurityHubOptions,
    account: Account,
    dependsOn: ReturnType<typeof after>,
  ): void {
    const hub = new securityhub.Account(
      `${name}-security-hub`,
      { enableDefaultStandards: false, autoEnableControls: true, controlFindingGenerator: "SECURITY_CONTROL" },
      { parent: this, dependsOn },
    );
    for (const standard of options.standards)
      new securityhub.StandardsSubscription(
        `${name}-standard-${standard}`,
        {
          standardsArn: pulumi.interpolate`arn:${account.partition}:securityhub:${account.region}::standards/${SECURITY_STANDARDS[standard]}`,
        },
        { parent: this, dependsOn: [hub] },
      );
  }

  private createAnalyzers(
    name: string,
    options: AccessAnalyzerOptions,
    tags: Tags | undefined,
    dependsOn: ReturnType<typeof after>,
  ): void {
    const external = `${name}-external-access`;
    new accessanalyzer.Analyzer(
      external,
      { analyzerName: external, type: "ACCOUNT", tags: named(external, tags) },
      { parent: this, dependsOn },
    );
    const unusedAccessAge = options.unusedAfterDays ?? ACCOUNT_SERVICE_DEFAULTS.unusedAfterDays;
    if (unusedAccessAge === 0) return;
    const unused = `${name}-unused-access`;
    new accessanalyzer.Analyzer(
      unused,
      {
        analyzerName: unused,
        type: "ACCOUNT_UNUSED_ACCESS",
        configuration: { unusedAccess: { unusedAccessAge } },
        tags: named(unused, tags),
      },
      { parent: this, dependsOn },
    );
  }
}

/** Whether GuardDuty installs the agents on nodes by itself. */
function agentsOf({ agents }: GuardDutyOptions) {
  const managed = (agents ?? ACCOUNT_SERVICE_DEFAULTS.agents) === "guardDuty" ? "ENABLED" : "DISABLED";
  return ["EKS_ADDON_MANAGEMENT", "EC2_AGENT_MANAGEMENT"].map((name) => ({ name, status: managed }));
}
