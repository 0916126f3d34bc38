import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** A filter as ECR has it (`ScanningRepositoryFilter`). */
const FILTER = /^(?=.{1,256}$)[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$/;

/** Stars in one filter. */
const MOST_STARS = 4;

/** Filters of one rule. */
const MOST_FILTERS = 100;

/** How images are searched for known vulnerabilities. */
export class Scanning {
  private constructor(
    readonly kind: "basic" | "enhanced",
    /** Names of repositories, in which `*` stands for any part. */
    readonly filters: readonly string[],
  ) {}

  /** By ECR, of packages of the operating system, when an image is pushed. The default. */
  static onPush(): Scanning {
    return new Scanning("basic", []);
  }

  /**
   * By Amazon Inspector, of packages of languages too, and again whenever a vulnerability becomes known. Paid by the image.
   *
   * Of this setting a registry has one in a Region: two stacks that set it undo each other. ECR turns Inspector on for images
   * by itself; findings are Inspector's, see {@link AccountServices}.
   *
   * @param filters Names of repositories, in which `*` stands for any part; all by default.
   */
  static enhanced(filters: readonly string[] = ["*"]): Scanning {
    return new Scanning("enhanced", filters);
  }
}

/** Checks the filters. */
export function scanningIssues(path: string, { kind, filters }: Scanning): Issue[] {
  if (kind === "basic") return [];
  if (filters.length === 0 || filters.length > MOST_FILTERS) {
    const rule = `must have 1 to ${MOST_FILTERS} filters`;
    return [issue("OutOfRange", `${path}.filters`, rule, filters.length, "Leave them out for all repositories")];
  }
  return filters.flatMap((filter, i) => {
    if (FILTER.test(filter) && filter.split("*").length - 1 <= MOST_STARS) return [];
    const rule = `must be a name of repositories with at most ${MOST_STARS} '*'`;
    return [issue("Malformed", `${path}.filters[${i}]`, rule, filter, "Write it like 'voting-app/*'")];
  });
}
