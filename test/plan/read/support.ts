import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readInputs } from "../../../plan/read/index.js";
import type { ReadInputs, ReadOptions } from "../../../plan/read/index.js";

/** A folder that is gone after the tests of a file. */
export function scratch(): {
  readonly root: string;
  readonly file: (name: string, content: string | Buffer) => string;
} {
  const root = mkdtempSync(join(tmpdir(), "ringfence-read-"));
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return {
    root,
    file: (name, content) => {
      const path = join(root, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
  };
}

async function* once(content: string | Buffer): AsyncGenerator<string | Buffer> {
  await Promise.resolve();
  yield content;
}

/** Reads a text as standard input. */
export function readStdin(content: string | Buffer, options: ReadOptions = {}): Promise<ReadInputs> {
  return readInputs(["-"], { ...options, stdin: once(content) });
}

/** Problems as a person reads them: `line:column message`. */
export function lines({ problems }: ReadInputs): string[] {
  return problems.map(({ line, column, message }) =>
    line === undefined ? message : `${line}:${column ?? 0} ${message}`,
  );
}

/** Resources as `id name`, without the head of their URNs. */
export function ids({ plan }: ReadInputs): string[] {
  return plan.resources.map(({ urn, type, name }) => `${urn.slice(urn.lastIndexOf("#"))} ${type} ${name}`);
}

export const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: vote
spec:
  containers:
  - name: app
    image: nginx
    securityContext:
      privileged: true
`;
