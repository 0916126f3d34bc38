import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { refuse } from "../errors.js";

/** From what a delivery starts: exactly one of a branch, a tag and an environment. */
export type DeliveryRef =
  | { readonly branch: string; readonly tag?: never; readonly environment?: never }
  | { readonly tag: string; readonly branch?: never; readonly environment?: never }
  | { readonly environment: string; readonly branch?: never; readonly tag?: never };

/** What {@link DeliverySource.github} takes beside the ref. */
export interface GithubOptions {
  /** `acme/shop`. */
  readonly repository: string;
  /**
   * The beginning of the subject where it is not `repo:<repository>`: repositories that were made, renamed or moved after
   * 18 June 2026 have their ids in it. The repository's OIDC settings on GitHub show it.
   * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
   *
   * @default - `repo:<repository>`
   */
  readonly subjectPrefix?: string;
  /**
   * Numeric id of the repository: whoever takes over its name later does not get in.
   *
   * @default - the name alone
   */
  readonly repositoryId?: string;
  /**
   * Numeric id of the owner.
   *
   * @default - the name alone
   */
  readonly ownerId?: string;
  /**
   * The one workflow that may deliver: `acme/shop/.github/workflows/deliver.yml@refs/heads/main`.
   *
   * @default - every workflow of the repository
   */
  readonly workflow?: string;
}

/** What {@link DeliverySource.gitlab} takes beside the ref. */
export interface GitlabOptions {
  /** With its groups: `acme/shop`. */
  readonly project: string;
  /**
   * Numeric id of the project, which AWS can check for gitlab.com alone.
   *
   * @default - the path alone
   */
  readonly projectId?: string;
}

/** One place that delivers: a repository and a branch, a tag or an environment. Its claims are compared letter by letter. */
export class DeliverySource {
  private constructor(
    /** The platform whose tokens have these claims. */
    readonly platform: "github" | "gitlab",
    /** Claims of its tokens: `sub`, `repository_id`. */
    readonly claims: Readonly<Record<string, string>>,
    /** For descriptions: `acme/shop, branch main`. */
    readonly summary: string,
  ) {}

  /**
   * A workflow of GitHub Actions
   * (https://docs.github.com/en/actions/reference/security/oidc). With an environment the token says nothing of the branch:
   * protect the environment on GitHub.
   *
   * @throws pulumi.RunError with every problem of the options.
   */
  static github(options: GithubOptions & DeliveryRef): DeliverySource {
    refuse("DeliverySource.github", [
      ...partIssues("repository", options.repository, /^[\w.-]+\/[\w.-]+$/, "acme/shop"),
      ...partIssues("subjectPrefix", options.subjectPrefix, /^[\w.@:/-]+[^:]$/, "repo:acme-123/shop-456"),
      ...partIssues("repositoryId", options.repositoryId, /^\d+$/, "456789"),
      ...partIssues("ownerId", options.ownerId, /^\d+$/, "123456"),
      ...partIssues(
        "workflow",
        options.workflow,
        /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+@[^*?\s]+$/,
        "acme/shop/.github/workflows/deliver.yml@refs/heads/main",
      ),
      ...refIssues(options),
    ]);
    const { branch, tag, environment } = options;
    const from =
      environment !== undefined
        ? `environment:${environment}`
        : branch !== undefined
          ? `ref:refs/heads/${branch}`
          : `ref:refs/tags/${tag}`;
    const { repository, repositoryId, ownerId, workflow } = options;
    return new DeliverySource(
      "github",
      {
        sub: `${options.subjectPrefix ?? `repo:${repository}`}:${from}`,
        ...(repositoryId === undefined ? {} : { repository_id: repositoryId }),
        ...(ownerId === undefined ? {} : { repository_owner_id: ownerId }),
        ...(workflow === undefined ? {} : { job_workflow_ref: workflow }),
      },
      `${repository}, ${summaryOf(options)}`,
    );
  }

  /**
   * A job of GitLab, with an `id_tokens` entry for the provider's audience
   * (https://docs.gitlab.com/ci/secrets/id_token_authentication/). GitLab's subject names branch or tag, and no environment.
   *
   * @throws pulumi.RunError with every problem of the options.
   */
  static gitlab(options: GitlabOptions & Exclude<DeliveryRef, { readonly environment: string }>): DeliverySource {
    refuse("DeliverySource.gitlab", [
      ...partIssues("project", options.project, /^[\w.-]+(\/[\w.-]+)+$/, "acme/shop"),
      ...partIssues("projectId", options.projectId, /^\d+$/, "456789"),
      ...refIssues(options),
    ]);
    const { project, projectId, branch, tag } = options;
    const from = branch === undefined ? `ref_type:tag:ref:${tag}` : `ref_type:branch:ref:${branch}`;
    return new DeliverySource(
      "gitlab",
      {
        sub: `project_path:${project}:${from}`,
        ...(projectId === undefined ? {} : { project_id: projectId }),
      },
      `${project}, ${summaryOf(options)}`,
    );
  }
}

function summaryOf({ branch, tag, environment }: DeliveryRef): string {
  if (branch !== undefined) return `branch ${branch}`;
  return tag === undefined ? `environment ${environment}` : `tag ${tag}`;
}

function partIssues(path: string, value: string | undefined, form: RegExp, like: string): Issue[] {
  if (value === undefined || form.test(value)) return [];
  return [issue("Malformed", path, "must be one, without wildcards", value, `Write it like '${like}'`)];
}

/** The types ask for exactly one, and plain JavaScript has no types. */
function refIssues(given: DeliveryRef): Issue[] {
  const named = [given.branch, given.tag, given.environment].filter((one) => one !== undefined);
  const [ref = ""] = named;
  if (named.length !== 1) {
    const advice = "Write one of `branch`, `tag` and `environment`";
    return [issue("Required", "branch", "must say from what it delivers, and one thing only", named, advice)];
  }
  const path = given.branch !== undefined ? "branch" : given.tag !== undefined ? "tag" : "environment";
  if (/^[^*?:\s]{1,255}$/.test(ref) && !ref.startsWith("refs/")) return [];
  const advice = "Write it like 'main', without 'refs/heads/'";
  return [issue("Malformed", path, "must be the name of one, without wildcards", ref, advice)];
}
