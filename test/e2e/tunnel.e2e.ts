/** One `pulumi up` fills a private cluster: Pulumi's engine, its deletes after the program has gone, a real API server. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { EngineProject, StartedRun } from "./machinery/engine.js";
import { MACHINERY } from "./machinery/index.js";
import { tunnelStage } from "./machinery/tunnel-stage.js";
import type { Gateway, TunnelStage } from "./machinery/tunnel-stage.js";
import { until } from "./until.js";

const UP = ["up", "--yes", "--skip-preview", "--non-interactive"] as const;
const CLI = join(__dirname, "..", "..", "dist", "cli", "main.js");

let s: TunnelStage;
let project: EngineProject;

beforeAll(async () => {
  s = await tunnelStage();
  project = s.project();
});

afterAll(async () => {
  project.remove();
  await s.stop();
});

const over = async (): Promise<void> => until(() => s.processes().length === 0);
const objects = (...names: readonly string[]): StartedRun => project.start("config", "set", "objects", names.join(","));
const run = async (...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> => {
  const started = project.start(...args);
  return { code: await started.ended, said: started.said() };
};

describe("the first run", () => {
  test("previews without a tunnel, since there is nothing to reach", async () => {
    await objects("one", "two").ended;
    expect(await run("preview", "--non-interactive")).toMatchObject({ code: 0 });
    expect(s.sessions()).toEqual([]);
  });

  test("makes the cluster and what lies inside, and leaves no process behind", async () => {
    expect(await run(...UP)).toMatchObject({ code: 0, said: expect.stringContaining("+ 5 created") as string });
    expect(s.objects()).toEqual(["one", "two"]);
    expect(s.sessions()).toHaveLength(1);
    await over();
  });
});

test("a second preview shows no change, of the provider neither", async () => {
  const { code, said } = await run("preview", "--non-interactive");
  expect({ code, said }).toMatchObject({
    code: 0,
    said: expect.stringMatching(/Resources:\n +5 unchanged\n/) as string,
  });
  await over();
});

test("what the program no longer registers is deleted after its process has gone", async () => {
  await objects("one").ended;
  expect(await run("up", "--yes", "--non-interactive")).toMatchObject({ code: 0 });
  expect(s.objects()).toEqual(["one"]);
  await over();
});

test("a session that drops in the middle is opened again", async () => {
  await objects("one", "three", "four").ended;
  s.aws({ tokenDelayMs: 1500 });
  const before = s.sessions().length;
  const started = project.start(...UP);
  await until(() => s.log().includes('"open"') && s.sessions().length > before && s.processes().length > 1);
  process.kill(s.sessions().at(-1) ?? 0, "SIGKILL");
  expect({ code: await started.ended, said: started.said() }).toMatchObject({ code: 0 });
  s.aws({});
  expect(s.sessions()).toHaveLength(before + 2);
  expect(s.log()).toContain("the session dropped, opening another one");
  expect(s.objects()).toEqual(["four", "one", "three"]);
  await over();
});

describe.each(["SIGINT", "SIGKILL"] as const)("an engine that gets %s", (signal) => {
  test("takes the tunnel with it", async () => {
    await objects("one", "three", signal.toLowerCase()).ended;
    s.aws({ tokenDelayMs: 2500 });
    const before = s.sessions().length;
    const started = project.start(...UP);
    await until(() => s.sessions().length > before && s.processes().length > 1);
    process.kill(started.pid, signal);
    expect(await started.ended).not.toBe(0);
    await over();
    s.aws({});
    await run("cancel", "--yes");
  });
});

describe("what does not run the program", () => {
  test("`ringfence connect` opens the same tunnel for it", async () => {
    expect(
      ringfence(s.path, "connect", "prod", "--region", "eu-west-1", "--", "kubectl", "get", "configmap", "one"),
    ).toMatchObject({
      code: 0,
      out: expect.stringContaining("one") as string,
    });
    await over();
  });

  test("and ends with the exit code of its command", async () => {
    expect(
      ringfence(s.path, "connect", "prod", "--region", "eu-west-1", "--", "kubectl", "get", "configmap", "none").code,
    ).toBe(1);
    await over();
  });
});

// Left out where it could not be built: it needs modules of Go that nothing else does.
const withPlugin = existsSync(join(MACHINERY, "session-manager", "gateway")) ? describe : describe.skip;

withPlugin("AWS's own plugin", () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await s.gateway();
  });

  afterAll(() => {
    gateway.stop();
    s.aws({});
  });

  test("carries a whole run, several connections at a time, and ends its session at AWS", async () => {
    const real = s.project({ path: s.truePath });
    try {
      await real.start("config", "set", "objects", "p1,p2,p3,p4,p5,p6").ended;
      const started = real.start(...UP);
      expect({ code: await started.ended, said: started.said() }).toMatchObject({ code: 0 });
      expect(s.objects()).toEqual(expect.arrayContaining(["p1", "p2", "p3", "p4", "p5", "p6"]));
      await over();
      await until(() => gateway.said().includes("session ends"));
      expect(gateway.said()).not.toContain("session breaks");
    } finally {
      real.remove();
    }
  });

  test("is given no token in its arguments", async () => {
    const { code, out } = ringfence(s.truePath, "connect", "prod", "--region", "eu-west-1", "--", "ps", "-eo", "args");
    expect(code).toBe(0);
    expect(out).toContain("session-manager-plugin AWS_SSM_START_SESSION_RESPONSE");
    expect(out).not.toContain("secret-token");
    await over();
  });
});

test("without the plugin: one line, before anything is made", async () => {
  const bare = s.project({ path: s.pathWith("aws") });
  try {
    await bare.start("config", "set", "objects", "never").ended;
    const started = bare.start(...UP);
    expect(await started.ended).not.toBe(0);
    expect(started.said()).toContain(
      "session-manager-plugin is not on the PATH, and the tunnel goes through it. Install",
    );
    expect(started.said()).not.toContain("aws:eks:Cluster prod created");
    const exported = bare.start("stack", "export");
    await exported.ended;
    expect(exported.said()).not.toContain("aws:eks/cluster:Cluster");
    expect(s.objects()).not.toContain("never");
  } finally {
    bare.remove();
  }
});

/** Runs the command line with the stage's AWS. */
function ringfence(
  path: readonly string[],
  ...args: readonly string[]
): {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
} {
  const env = { ...process.env, ...s.env, PATH: `${path.join(":")}:${process.env["PATH"] ?? ""}` };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { env, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}
