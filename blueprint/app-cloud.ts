import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterContract } from "../core/contract.js";
import { defined } from "../core/defined.js";
import { issue, renderIssue } from "../core/issue.js";
import { hasToken } from "../core/token.js";
import { accountOf } from "../infra/account.js";
import { statementIssues } from "../infra/identity/statement-checks.js";
import type { Account } from "../infra/account.js";
import { PodIdentity, Registry } from "../infra/index.js";
import type { RegistryArgs, Statement, Tags } from "../infra/index.js";
import type { CloudPods, CloudScope, CloudSecret, CloudStatement } from "./cloud-scope.js";
import type { LateValues } from "./late-values.js";
import type { Manifest } from "./manifests.js";

/** Letters and digits: safe in connection strings and configuration files, and 190 bits. */
const PASSWORD_LENGTH = 32;

/** Days in which a deleted secret can be brought back: the longest that Secrets Manager has. */
const RECOVERY_DAYS = 30;

const NAME = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** What {@link AppCloud} takes. */
export interface AppCloudArgs {
  /** First part of the names of what is created: `prod-voting-app`. */
  readonly name: string;
  readonly contract: ClusterContract;
  readonly late: LateValues;
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  readonly secretsKeyArn: pulumi.Input<string>;
  readonly registryKeyArn: pulumi.Input<string>;
  /** Who may use the repositories, and whether they go with their images. */
  readonly repositorySettings: Pick<RegistryArgs, "pullers" | "pushers" | "otherAccounts" | "deletionProtection">;
  readonly permissionsBoundaryArn: pulumi.Input<string>;
  readonly tags: Tags | undefined;
}

interface Grant {
  readonly pods: CloudPods;
  readonly secrets: Set<string>;
  readonly statements: CloudStatement[];
}

/** Notes what an application asks for, and creates it once the application has been checked. */
export class AppCloud implements CloudScope {
  readonly #secrets = new Map<string, CloudSecret>();
  readonly #repositories = new Set<string>();
  readonly #grants = new Map<string, Grant>();
  readonly #problems: string[] = [];
  readonly #resources = new Map<string, pulumi.Resource[]>();

  constructor(private readonly args: AppCloudArgs) {}

  /** See {@link CloudScope.password}. */
  password(name: string): CloudSecret {
    const known = this.#secrets.get(name);
    if (known !== undefined) return known;
    const advice = "Use letters, digits and hyphens, at most 63: 'database'";
    if (!NAME.test(name))
      this.#problems.push(renderIssue(issue("Malformed", "cloud.password", "must be a plain name", name, advice)));
    const secret = { name, arn: this.args.late.declare(this.token(name)) };
    this.#secrets.set(name, secret);
    return secret;
  }

  /** See {@link CloudScope.repository}. */
  repository(name: string): string {
    this.#repositories.add(name);
    return `${this.args.contract.registryHost}/${name}`;
  }

  /** See {@link CloudScope.allowRead}. */
  allowRead(pods: CloudPods, ...secrets: readonly [CloudSecret, ...CloudSecret[]]): void {
    const { secrets: readable } = this.grantOf(pods);
    for (const secret of secrets) {
      readable.add(secret.name);
      if (this.#secrets.get(secret.name) === secret) continue;
      const advice = "Ask for it with cloud.password first";
      this.#problems.push(
        renderIssue(issue("NotFound", "cloud.allowRead", "must be a secret of this application", secret.name, advice)),
      );
    }
  }

  /** See {@link CloudScope.allow}. */
  allow(pods: CloudPods, ...statements: readonly [CloudStatement, ...CloudStatement[]]): void {
    this.grantOf(pods).statements.push(...statements);
  }

  /**
   * What is wrong with what was asked for, given the objects of the application.
   */
  problems(manifests: readonly Manifest[]): readonly string[] {
    const accounts = new Set(manifests.filter(isServiceAccount).map(subjectOf));
    const advice = "Grant to a workload of this application";
    const strangers = [...this.#grants.keys()].filter((subject) => !accounts.has(subject));
    return [
      ...this.#problems,
      ...[...this.#grants].flatMap(([subject, { statements }]) => statementProblems(subject, statements)),
      ...strangers.map((subject) =>
        renderIssue(issue("NotFound", "cloud", "must name a service account of this application", subject, advice)),
      ),
    ];
  }

  /** Creates all that was asked for. */
  create(parent: pulumi.Resource): void {
    if (this.#repositories.size > 0) this.createRegistry(parent);
    const secrets = new Map(
      [...this.#secrets.keys()].map((name) => [name, this.createPassword(parent, name)] as const),
    );
    for (const [subject, grant] of this.#grants) {
      const readable = [...grant.secrets].flatMap((name) => secrets.get(name) ?? []);
      const identity = this.createIdentity(parent, grant, readable);
      this.#resources.set(subject, [identity, ...readable.map(({ version }) => version)]);
    }
  }

  /** What must be there before a service account is used: a pod that starts earlier stays without credentials. */
  waitsFor(manifest: Manifest): readonly pulumi.Resource[] {
    return isServiceAccount(manifest) ? (this.#resources.get(subjectOf(manifest)) ?? []) : [];
  }

  private token(name: string): string {
    return `${this.args.name}.${name.replaceAll(/[^A-Za-z0-9-]/g, "_")}`;
  }

  private grantOf(pods: CloudPods): Grant {
    const subject = `${pods.namespace}/${pods.serviceAccountName}`;
    const known = this.#grants.get(subject);
    if (known !== undefined) return known;
    pods.usePodIdentity(this.args.contract);
    const grant: Grant = { pods, secrets: new Set(), statements: [] };
    this.#grants.set(subject, grant);
    return grant;
  }

  private createRegistry(parent: pulumi.Resource): void {
    const { name, contract, registryKeyArn, repositorySettings, permissionsBoundaryArn, tags } = this.args;
    new Registry(
      name,
      {
        ...repositorySettings,
        ...defined({ tags }),
        keys: { registryKeyArn },
        region: contract.region,
        repositories: [...this.#repositories],
        permissionsBoundaryArn,
      },
      { parent },
    );
  }

  private createPassword(parent: pulumi.Resource, name: string): CreatedPassword {
    const child = `${this.args.name}-${name}`;
    const secret = new secretsmanager.Secret(
      child,
      {
        description: `${name} password of ${this.args.name}`,
        kmsKeyId: this.args.secretsKeyArn,
        recoveryWindowInDays: RECOVERY_DAYS,
        tags: { Name: child, ...this.args.tags },
      },
      { parent },
    );
    const random = secretsmanager.getRandomPasswordOutput(
      { passwordLength: PASSWORD_LENGTH, excludePunctuation: true },
      { parent },
    );
    const version = new secretsmanager.SecretVersion(
      child,
      { secretId: secret.id, secretString: pulumi.secret(random.randomPassword) },
      // Every run draws another password; the first one stays.
      { parent, ignoreChanges: ["secretString"] },
    );
    this.args.late.define(this.token(name), secret.arn);
    return { arn: secret.arn, version };
  }

  private createIdentity(parent: pulumi.Resource, grant: Grant, readable: readonly CreatedPassword[]): PodIdentity {
    const { namespace, serviceAccountName: serviceAccount } = grant.pods;
    const { clusterName, clusterArn, permissionsBoundaryArn, tags } = this.args;
    const statements = [
      ...(readable.length === 0 ? [] : this.readStatements(accountOf(parent), readable)),
      ...(this.args.late.restore(grant.statements) as Statement[]),
    ];
    return new PodIdentity(
      `${this.args.name}-${serviceAccount}`,
      {
        cluster: { name: clusterName, arn: clusterArn },
        namespace,
        serviceAccount,
        statements: statements as [Statement, ...Statement[]],
        permissionsBoundaryArn,
        ...(tags === undefined ? {} : { tags }),
      },
      { parent },
    );
  }

  /** Secrets Manager decrypts for whoever reads, so a reader needs the key too, for these secrets only. */
  private readStatements(account: Account, readable: readonly CreatedPassword[]): Statement[] {
    const arns = readable.map(({ arn }) => arn);
    return [
      { sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: arns },
      {
        sid: "DecryptSecrets",
        actions: ["kms:Decrypt"],
        resources: [this.args.secretsKeyArn],
        conditions: {
          StringEquals: {
            "kms:ViaService": pulumi.interpolate`secretsmanager.${account.region}.${account.dnsSuffix}`,
            "kms:EncryptionContext:SecretARN": arns,
          },
        },
      },
    ];
  }
}

/** What IAM or we would refuse of what was asked for; late resources stand for something. */
function statementProblems(subject: string, statements: readonly CloudStatement[]): readonly string[] {
  if (statements.length === 0) return [];
  const issues = statementIssues(
    "statements",
    statements.map((statement) => ({
      ...statement,
      resources: (statement.resources ?? []).map((r) => (typeof r === "string" && hasToken(r) ? pulumi.output(r) : r)),
    })),
  );
  return issues.map((one) => renderIssue({ ...one, path: `cloud.allow(${subject}).${one.path}` }));
}

interface CreatedPassword {
  readonly arn: pulumi.Output<string>;
  readonly version: secretsmanager.SecretVersion;
}

function isServiceAccount({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === "v1" && kind === "ServiceAccount";
}

function subjectOf({ metadata }: Manifest): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
