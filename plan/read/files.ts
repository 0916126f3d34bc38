import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { join } from "node:path";
import type { InputProblem, SkippedInput } from "./model.js";

/** What to read for standard input. */
export const STDIN = "-";

/** A file to read. */
export interface FoundFile {
  readonly path: string;
  /** Whether it was named itself, rather than found in a folder. */
  readonly named: boolean;
}

/** What lies at and below the given paths. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly SkippedInput[];
  readonly problems: readonly InputProblem[];
  /** Folders that were named, for those that turn out to hold nothing. */
  readonly folders: readonly string[];
}

const READABLE = /\.(?:ya?ml|json)(?:\.gz)?$/i;
const KUSTOMIZATIONS = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Finds the files of paths, in their order; those of a folder are sorted. Each file comes once, however it is reached. */
export function findFiles(paths: readonly string[]): FoundFiles {
  const search = new Search();
  for (const path of paths) search.named(path);
  return search;
}

class Search implements FoundFiles {
  readonly files: FoundFile[] = [];
  readonly skipped: SkippedInput[] = [];
  readonly problems: InputProblem[] = [];
  readonly folders: string[] = [];
  /** Real path of each file and folder that was met, and the path by which. */
  readonly #seen = new Map<string, string>();

  named(path: string): void {
    if (isStream(path)) {
      if (!this.files.some((file) => file.path === path)) this.files.push({ path, named: true });
      return;
    }
    const stats = this.#stat(path);
    if (stats === undefined) return;
    if (stats.isDirectory()) {
      this.folders.push(path);
      this.#folder(path);
    } else if (!stats.isFile())
      this.#problem(
        path,
        `is a ${kindOf(stats)}, and neither file nor folder. Give its content by a pipe, as path '-'`,
      );
    else if (this.#isNew(path)) this.files.push({ path, named: true });
  }

  #folder(path: string): void {
    if (!this.#isNew(path)) return;
    const source = sourceOf(path);
    if (source !== undefined) {
      this.skipped.push(source);
      return;
    }
    let names: string[];
    try {
      names = readdirSync(path).sort();
    } catch (error) {
      this.#problem(path, unreadable("folder", error));
      return;
    }
    for (const name of names) if (!name.startsWith(".") && name !== "node_modules") this.#below(join(path, name));
  }

  #below(path: string): void {
    const stats = this.#stat(path);
    if (stats?.isDirectory() === true) this.#folder(path);
    else if (stats?.isFile() === true && READABLE.test(path) && this.#isNew(path))
      this.files.push({ path, named: false });
  }

  #stat(path: string): Stats | undefined {
    try {
      return statSync(path);
    } catch (error) {
      this.#problem(path, statProblem(path, error));
      return undefined;
    }
  }

  #isNew(path: string): boolean {
    const real = realpathSync(path);
    const before = this.#seen.get(real);
    if (before !== undefined) {
      const message = `'${path}' is the same as '${before}', which is read already`;
      this.skipped.push({ path, reason: "same-file", message });
      return false;
    }
    this.#seen.set(real, path);
    return true;
  }

  #problem(file: string, message: string): void {
    this.problems.push({ file, message });
  }
}

/** Standard input, or an open file of the shell: `<(helm template .)`. */
export function isStream(path: string): boolean {
  return path === STDIN || /^\/dev\/(?:stdin|fd\/\d+)$/.test(path);
}

/** A folder that is the source of manifests and holds none. */
function sourceOf(path: string): SkippedInput | undefined {
  const reason = KUSTOMIZATIONS.some((name) => existsSync(join(path, name)))
    ? "kustomize"
    : existsSync(join(path, "Chart.yaml"))
      ? "helm"
      : undefined;
  if (reason === undefined) return undefined;
  const what = reason === "kustomize" ? "a Kustomize folder" : "a Helm chart";
  return {
    path,
    reason,
    message: `'${path}' is ${what}, which is a source of objects. Run: ${commandFor(reason, path)}`,
  };
}

/** The command that renders a source of objects and hands them over. */
export function commandFor(reason: "kustomize" | "helm", path: string): string {
  const quoted = /^[-\w./@+=:,]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
  return `${reason === "kustomize" ? "kustomize build" : "helm template"} ${quoted} | ringfence check -`;
}

function statProblem(path: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ELOOP") return "is a symbolic link that leads back to itself. Take the link away";
  if (code === "ENOENT" || code === "ENOTDIR") {
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    return isLink
      ? "is a symbolic link to nothing. Take the link away, or make what it leads to"
      : "is not there. Give the path of a file or folder";
  }
  return unreadable("path", error);
}

/** What is said of something that the system does not let us read. */
export function unreadable(what: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return `is a ${what} that may not be read. Give its reader the permission`;
  return `is a ${what} that cannot be read (${code ?? "no code"})`;
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return "named pipe";
  return stats.isSocket() ? "socket" : "device";
}
