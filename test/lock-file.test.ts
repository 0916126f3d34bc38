import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  /** It came inside another package, under that one's hash. */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(dirname(__dirname), "package-lock.json"), "utf8");
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> };

test("the lock file names the packages of every platform, without which npm ci refuses it", () => {
  const named = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  expect(named.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
});

test("the lock file holds hashes, and no address of a registry", () => {
  const unhashed = Object.entries(packages).filter(
    ([path, { integrity, optional, inBundle }]) =>
      path !== "" && integrity === undefined && optional !== true && inBundle !== true,
  );
  expect(unhashed.map(([path]) => path)).toEqual([]);
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
