import { readFileSync, writeFileSync } from "node:fs";
import { UserError } from "../../core/issue.js";
import { Unknown, writePlan } from "../../plan/model/index.js";
import type { Report } from "../../report/model.js";
import { plan, resource } from "../report/support.js";
import type { Setup } from "./support.js";
import { CLOSED, OPEN, ringfence, RULE, scratch } from "./support.js";

let folder = scratch();
beforeEach(() => {
  folder = scratch();
});
afterEach(() => {
  folder.remove();
});

const read = (name: string): string => readFileSync(folder.path(name), "utf8");

async function reportOf(argv: readonly string[], setup?: Setup): Promise<Report> {
  return JSON.parse((await ringfence(["preview", "--format", "json", ...argv], setup)).out) as Report;
}

describe("exit codes of preview", () => {
  const undecided = plan([
    resource("aws:eks/cluster:Cluster", "prod", { inputs: { vpcConfig: { endpointPublicAccess: new Unknown() } } }),
  ]);

  it.each([
    ["a plan that passes", CLOSED, [], 0],
    ["a finding at --fail-on", OPEN, [], 1],
    ["a finding below --fail-on", OPEN, ["--fail-on", "critical"], 0],
    ["--fail-on never", OPEN, ["--fail-on", "never"], 0],
    ["an unknown", undecided, [], 0],
    ["an unknown under --on-unknown fail", undecided, ["--on-unknown", "fail"], 1],
    [
      "an unknown below --fail-on under --on-unknown fail",
      undecided,
      ["--on-unknown", "fail", "--fail-on", "critical"],
      0,
    ],
  ] as const)("%s", async (_what, of, flags, expected) => {
    const { code, out } = await ringfence(["preview", "--rule", RULE, ...flags], { plan: of });
    expect(code).toBe(expected);
    expect(out).toContain(`Exit code ${expected}.`);
  });
});

describe("a rule that breaks", () => {
  it("is told on standard error with exit code 3, and the report says that it is not whole", async () => {
    const inputs = Object.defineProperty({}, "vpcConfig", {
      enumerable: true,
      get: () => {
        throw new TypeError("boom");
      },
    });
    const broken = plan([resource("aws:eks/cluster:Cluster", "prod", { inputs })]);
    const { code, out, err } = await ringfence(["preview", "--rule", RULE], { plan: broken });
    expect(code).toBe(3);
    expect(err).toBe(
      `ringfence: rule '${RULE}' broke on aws:eks/cluster:Cluster prod: boom. That is a defect in Ringfence: please report it\n`,
    );
    expect(out).toContain("this judgement is not whole. Exit code 3.");
  });
});

describe("what preview hands to the engine", () => {
  it("is the working directory and nothing but the defaults when nothing is said", async () => {
    const { calls } = await ringfence(["preview"]);
    expect(calls).toHaveLength(1);
    const { onOutput, ...options } = calls[0]?.options ?? {};
    expect(onOutput).toBeDefined();
    expect([calls[0]?.folder, options]).toEqual([".", { config: {}, allowNetwork: false, allowReplace: [] }]);
  });

  it("is every flag that is about the program", async () => {
    writeFileSync(folder.path("old.json"), writePlan(CLOSED));
    const argv = [
      "preview",
      "infra",
      "--stack",
      "prod",
      "--config",
      "a=1",
      "--config=aws:x=y=z",
      "--region",
      "eu-west-1",
    ];
    const more = ["--account", "444455556666", "--allow-network", "--against", folder.path("old.json")];
    const { calls } = await ringfence([...argv, ...more, "--allow-replace", "urn:a", "--allow-replace", "urn:b"]);
    expect(calls).toMatchObject([
      {
        folder: "infra",
        options: {
          stack: "prod",
          config: { a: "1", "aws:x": "y=z" },
          region: "eu-west-1",
          account: "444455556666",
          allowNetwork: true,
          against: { project: "voting", resources: [{ name: "prod" }] },
          allowReplace: ["urn:a", "urn:b"],
        },
      },
    ]);
  });
});

describe("what preview judges", () => {
  it("is the default set unless rules or sets are named", async () => {
    const all = await reportOf([], { plan: OPEN });
    const one = await reportOf(["--rule", RULE], { plan: OPEN });
    const both = await reportOf(["--rule", RULE, "--set", "default"], { plan: OPEN });
    expect(all.summary.rules).toBeGreaterThan(25);
    expect(one.findings.map((f) => f.rule)).toEqual([RULE]);
    expect(both.summary.rules).toBe(all.summary.rules);
  });

  it("is the plan without what would be deleted", async () => {
    const gone = OPEN.resources.map((r) => ({ ...r, operation: "delete" as const }));
    const report = await reportOf(["--rule", RULE], { plan: plan(gone) });
    expect(report.findings).toEqual([]);
    expect(report.changes).toEqual({ create: 0, update: 0, replace: 0, delete: 1, same: 0 });
  });

  it("is judged at --kubernetes-version", async () => {
    expect((await reportOf([])).kubernetesVersion).toBe("1.36");
    expect((await reportOf(["--kubernetes-version", "1.31"])).kubernetesVersion).toBe("1.31");
  });

  it("comes with the place, the day, the isolation, and whether the account stands in", async () => {
    const named = await reportOf(["infra", "--region", "eu-west-1", "--account", "444455556666"], {
      isolation: "guard",
    });
    expect(named.environment).toEqual({
      project: "voting",
      stack: "dev",
      account: "444455556666",
      region: "eu-west-1",
      isolation: "guard",
      date: "2026-11-21",
    });
    expect(named.inputs[0]?.path).toBe("infra");
    expect(named.assumptions.join()).not.toContain("stands in");
    const bare = await reportOf([]);
    expect(bare.environment).not.toHaveProperty("region");
    expect(bare.assumptions).toContain("The account 111122223333 stands in for the real one, which nobody named.");
  });

  it("is judged on the day that the caller's clock says", async () => {
    const old = plan([resource("aws:eks/cluster:Cluster", "prod", { inputs: { version: "1.34" } })]);
    const verdict = async (now: string): Promise<unknown> =>
      (await reportOf(["--rule", "eks-supported-kubernetes-version", "--all"], { plan: old, now })).findings[0]
        ?.verdict;
    expect(await verdict("2026-06-01T00:00:00Z")).toBe("pass");
    expect(await verdict("2027-06-01T00:00:00Z")).toBe("fail");
  });

  it("lists passes with --all", async () => {
    expect((await reportOf(["--rule", RULE])).findings).toEqual([]);
    expect((await reportOf(["--rule", RULE, "--all"])).findings).toMatchObject([{ rule: RULE, verdict: "pass" }]);
  });
});

describe("where preview prints", () => {
  it("results on standard output, the program's own lines and everything else on standard error", async () => {
    const { out, err } = await ringfence(["preview"], { prints: ["hello", "world"] });
    expect(out).toMatch(/^ringfence \d/);
    expect(out).not.toContain("hello");
    expect(err).toBe("program: hello\nprogram: world\n");
  });

  it("one format a file, the text on standard output beside it", async () => {
    const { out, err } = await ringfence([
      "preview",
      "--format",
      "text",
      "--format",
      "json",
      "--output",
      folder.path("r.json"),
    ]);
    expect(out).toMatch(/^ringfence \d/);
    expect(JSON.parse(read("r.json"))).toMatchObject({ format: "ringfence.report/1" });
    expect(err).toBe(`ringfence: wrote ${folder.path("r.json")}\n`);
  });

  it("takes --output before its --format too", async () => {
    await ringfence(["preview", "--output", folder.path("r.json"), "--format", "json", "--format", "text"]);
    expect(JSON.parse(read("r.json"))).toMatchObject({ format: "ringfence.report/1" });
  });

  it("says the outcome on standard error when standard output has nothing", async () => {
    const { out, err, code } = await ringfence(["preview", "--rule", RULE, "--output", folder.path("r.txt")], {
      plan: OPEN,
    });
    expect({ out, code }).toEqual({ out: "", code: 1 });
    expect(read("r.txt")).toMatch(/^ringfence \d/);
    expect(err).toBe(`ringfence: wrote ${folder.path("r.txt")}\nringfence: 1 finding of severity high or above.\n`);
  });

  it("nothing but findings when quiet", async () => {
    const argv = ["preview", "--rule", RULE, "--quiet", "--save", folder.path("p.json")];
    expect(await ringfence(argv, { prints: ["hello"] })).toMatchObject({ code: 0, out: "", err: "" });
    const found = await ringfence(argv, { plan: OPEN, prints: ["hello"] });
    expect(found).toMatchObject({ code: 1, err: "" });
    expect(found.out).toMatch(/^Findings, the most important first: 1 rule, 1 place\n/);
  });

  it("progress on a terminal only, taken away before the report", async () => {
    const { err } = await ringfence(["preview", "infra"], { tty: true, prints: ["hello"] });
    const shown = "ringfence: running the program in infra ...";
    expect(err).toBe(`${shown}\r\u001b[Kprogram: hello\n${shown}\r\u001b[K`);
    expect((await ringfence(["preview"], { tty: true, fails: new UserError("x") })).err).toBe(
      "ringfence: running the program in . ...\r\u001b[Kringfence: x\n",
    );
  });
});

describe("colour", () => {
  const coloured = async (argv: readonly string[], setup: Setup): Promise<boolean> =>
    (await ringfence(["preview", ...argv], setup)).out.includes("\u001b[");

  it.each([
    ["a terminal", [], { tty: true }, true],
    ["no terminal", [], { tty: false }, false],
    ["a terminal with NO_COLOR", [], { tty: true, env: { NO_COLOR: "1" } }, false],
    ["a terminal with an empty NO_COLOR", [], { tty: true, env: { NO_COLOR: "" } }, true],
    ["a dumb terminal", [], { tty: true, env: { TERM: "dumb" } }, false],
    ["--color always", ["--color", "always"], { tty: false, env: { NO_COLOR: "1" } }, true],
    ["--color never", ["--color", "never"], { tty: true }, false],
  ] as const)("%s", async (_what, argv, setup, expected) => {
    expect(await coloured(argv, setup)).toBe(expected);
  });

  it("never goes into a file", async () => {
    await ringfence(["preview", "--color", "always", "--output", folder.path("r.txt")]);
    expect(read("r.txt")).not.toContain("\u001b");
  });

  it("text is as wide as the terminal, within reason, and 100 columns elsewhere", async () => {
    const widest = async (setup: Setup): Promise<number> => {
      const { out } = await ringfence(["preview", "--color", "never"], { plan: OPEN, ...setup });
      return Math.max(...out.split("\n").map((line) => line.length));
    };
    expect(await widest({ tty: true, columns: 20 })).toBeLessThanOrEqual(80);
    const wide = await widest({ tty: true, columns: 300 });
    expect(wide).toBeGreaterThan(100);
    expect(wide).toBeLessThanOrEqual(140);
    expect(await widest({ columns: 300 })).toBeLessThanOrEqual(100);
  });
});

describe("what the plan costs at rest", () => {
  it("is one line of the text and a field of the JSON, in the Region of the run and on its day", async () => {
    const region = ["--region", "eu-west-1"];
    const inputs = { version: "1.36", vpcConfig: { endpointPublicAccess: false } };
    const cluster = plan([resource("aws:eks/cluster:Cluster", "prod", { inputs })]);
    const { out } = await ringfence(["preview", ...region], { plan: cluster });
    expect(out.replace(/\s+/g, " ")).toContain(
      "Fixed cost in eu-west-1: about 73 USD a month; largest: control plane 73 (list prices collected 2026-11-21, no traffic)",
    );
    expect((await reportOf(region, { plan: cluster })).cost).toMatchObject({ region: "eu-west-1", total: 73 });
    expect((await reportOf(region, { plan: cluster, now: "2027-09-01T00:00:00Z" })).cost?.total).toBe(438);
  });

  it("is not there for a plan without anything of AWS", async () => {
    const namespace = plan([resource("kubernetes:core/v1:Namespace", "a", { inputs: { metadata: { name: "a" } } })]);
    expect(await reportOf([], { plan: namespace })).not.toHaveProperty("cost");
    expect((await ringfence(["preview"], { plan: namespace })).out).not.toContain("Fixed cost");
  });
});
