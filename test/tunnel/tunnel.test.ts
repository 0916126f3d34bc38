/** Tunnels as processes: real ones, on loopback, through stand-ins for AWS's command and plugin. */
import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { preferredPort } from "../../tunnel/index.js";
import { daemonsIn, engine, isAlive, openTunnel, stage, until } from "./stage.js";
import type { Stage } from "./stage.js";

const CALLER = { hold: { caller: true } } as const;

let s: Stage;

beforeEach(async () => {
  s = await stage();
});

afterEach(async () => {
  await s.strike();
});

const daemons = (): readonly number[] => daemonsIn(s.log()).filter(isAlive);
const none = async (): Promise<void> => until(() => [...daemons(), ...s.sessions().filter(isAlive)].length === 0);

describe("a tunnel", () => {
  test("leads to the API from the cluster's port, through the instance that is online, and leaves nothing behind", async () => {
    const said: string[] = [];
    const tunnel = await openTunnel(s.spec, { ...CALLER, env: s.env, onProgress: (text) => said.push(text) });
    expect(tunnel.port).toBe(preferredPort(s.spec));
    expect(await s.ask(tunnel.port)).toBe("403 the API");
    expect(said).toEqual(["opening a session through the bastion"]);
    expect(s.calls().map(({ args }) => args.slice(0, 2).join(" "))).toEqual([
      "ec2 describe-instances",
      "ssm describe-instance-information",
      "ssm start-session",
    ]);
    expect(s.calls()[2]?.args).toEqual([
      ...["ssm", "start-session", "--region", "eu-west-1", "--target", "i-0bbbbbbbbbbbbbbbb"],
      ...["--document-name", "prod-session", "--parameters", "localPortNumber=0"],
    ]);
    tunnel.close();
    await none();
  });

  test("is joined by a second caller, and stays until both are gone", async () => {
    const first = await openTunnel(s.spec, { ...CALLER, env: s.env });
    const second = await openTunnel({ ...s.spec, documentName: "other" }, { ...CALLER, env: s.env });
    expect(second.port).toBe(first.port);
    expect(s.sessions()).toHaveLength(1);
    first.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await s.ask(second.port)).toBe("403 the API");
    second.close();
    await none();
  });

  test("is one process however many ask at the same moment", async () => {
    const tunnels = await Promise.all([1, 2, 3].map(async () => openTunnel(s.spec, { ...CALLER, env: s.env })));
    expect(new Set(tunnels.map(({ port }) => port))).toEqual(new Set([preferredPort(s.spec)]));
    expect(s.sessions()).toHaveLength(1);
    for (const tunnel of tunnels) tunnel.close();
    await none();
  });

  test("has one of its own for each cluster", async () => {
    const other = { ...s.spec, clusterName: `${s.spec.clusterName}-b` };
    const [a, b] = await Promise.all([s.spec, other].map(async (spec) => openTunnel(spec, { ...CALLER, env: s.env })));
    expect([a?.port, b?.port]).toEqual([preferredPort(s.spec), preferredPort(other)]);
    expect(s.sessions()).toHaveLength(2);
    a?.close();
    await until(() => s.sessions().filter(isAlive).length === 1);
    expect(await s.ask(b?.port ?? 0)).toBe("403 the API");
    b?.close();
    await none();
  });

  test("takes the next port when a stranger holds its own, and the named one or none", async () => {
    const port = preferredPort(s.spec);
    const stranger = await listenOn(port);
    try {
      const tunnel = await openTunnel(s.spec, { ...CALLER, env: s.env });
      expect(tunnel.port).toBe(port === 65_535 ? 61_000 : port + 1);
      tunnel.close();
      await none();
      await expect(openTunnel({ ...s.spec, port }, { ...CALLER, env: s.env })).rejects.toThrow(
        `port ${port} of 127.0.0.1 is taken by another program; name another one`,
      );
    } finally {
      stranger.close();
    }
  });

  test("keeps its files for this user's eyes, and no secret in them", async () => {
    const tunnel = await openTunnel(s.spec, { ...CALLER, env: { ...s.env, AWS_SECRET_ACCESS_KEY: "hidden-key" } });
    expect(statSync(s.folder).mode & 0o777).toBe(0o700);
    expect(statSync(tunnel.log).mode & 0o777).toBe(0o600);
    const [pid = 0] = daemons();
    expect(s.log()).not.toMatch(/hidden-key|secret-token/);
    if (process.platform === "linux")
      expect(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(1)).toEqual([
        expect.stringMatching(/tunnel[\\/]daemon\.js$/),
        "",
      ]);
    tunnel.close();
    await none();
  });

  test("hands AWS's command the profile, and nothing of the program's own environment", async () => {
    const env = { ...s.env, PULUMI_CONFIG: "{}", PULUMI_CONFIG_PASSPHRASE: "hidden", NODE_OPTIONS: "--no-warnings" };
    const tunnel = await openTunnel({ ...s.spec, profile: "platform" }, { ...CALLER, env });
    expect(s.calls().map(({ profile }) => profile)).toEqual(["platform", "platform", "platform"]);
    const [pid = 0] = daemons();
    if (process.platform === "linux")
      expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toMatch(/PULUMI|NODE_OPT/);
    tunnel.close();
    await none();
  });
});

describe("a session that drops", () => {
  test("is opened again on the same port, and a connection made meanwhile waits for it", async () => {
    const said: string[] = [];
    const tunnel = await openTunnel(s.spec, { ...CALLER, env: s.env, onProgress: (text) => said.push(text) });
    const [session = 0] = s.sessions();
    process.kill(session, "SIGKILL");
    await until(() => !isAlive(session));
    expect(await s.ask(tunnel.port)).toBe("403 the API");
    expect(s.sessions()).toHaveLength(2);
    expect(said.at(-1)).toBe("the session dropped, opening another one");
    tunnel.close();
    await none();
  });

  test("is opened through another instance when its own is gone", async () => {
    const tunnel = await openTunnel(s.spec, { ...CALLER, env: s.env });
    s.aws({ instances: ["i-0cccccccccccccccc"], online: ["i-0cccccccccccccccc"] });
    process.kill(s.sessions()[0] ?? 0, "SIGKILL");
    await until(() => s.sessions().length === 2);
    expect(await s.ask(tunnel.port)).toBe("403 the API");
    expect(s.calls().at(-1)?.args).toContain("i-0cccccccccccccccc");
    tunnel.close();
    await none();
  });
});

test("who joins a tunnel that cannot open its session again hears why, in the time that was given", async () => {
  const tunnel = await openTunnel(s.spec, { ...CALLER, env: s.env });
  s.aws({ online: [] });
  process.kill(s.sessions()[0] ?? 0, "SIGKILL");
  await until(() => s.log().includes("not online yet"));
  await expect(openTunnel({ ...s.spec, timeoutSeconds: 1 }, { ...CALLER, env: s.env })).rejects.toThrow(
    /^not open after 1 s: the bastion of .* is not online yet; trying again$/,
  );
  tunnel.close();
  await none();
});

describe("who needs it", () => {
  test("an engine: it ends with the engine, not with the caller", async () => {
    const { address, stop } = await engine();
    const tunnel = await openTunnel(s.spec, { hold: { engine: address, pid: process.pid }, env: s.env });
    tunnel.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await s.ask(tunnel.port)).toBe("403 the API");
    stop();
    await none();
  });

  test("two engines: it ends with the last one", async () => {
    const engines = await Promise.all([engine(), engine()]);
    const tunnels = engines.map(async ({ address }) => {
      return openTunnel(s.spec, { hold: { engine: address, pid: 1 }, env: s.env });
    });
    const [tunnel] = await Promise.all(tunnels);
    engines[0].stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await s.ask(tunnel?.port ?? 0)).toBe("403 the API");
    engines[1].stop();
    await none();
  });

  test("a process, where its engine cannot be reached", async () => {
    const engineProcess = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const hold = { engine: "127.0.0.1:1", pid: engineProcess.pid ?? 0 };
    const tunnel = await openTunnel(s.spec, { hold, env: s.env });
    tunnel.close();
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(daemons()).toHaveLength(1);
    engineProcess.kill();
    await none();
  });
});

test("a bastion that is still starting is waited for, with a line that says so", async () => {
  s.aws({ online: [] });
  const said: string[] = [];
  const opening = openTunnel(s.spec, { ...CALLER, env: s.env, onProgress: (text) => said.push(text) });
  await until(() => said.length === 2);
  s.aws({});
  const tunnel = await opening;
  expect(said[1]).toMatch(
    /^the bastion of '\S+', i-0aaaaaaaaaaaaaaaa, i-0bbbbbbbbbbbbbbbb, is not online yet; waiting for up to 1 min$/,
  );
  expect(await s.ask(tunnel.port)).toBe("403 the API");
  tunnel.close();
  await none();
});

test("who may look at nothing goes through the one instance that is named", async () => {
  const denied = "An error occurred (AccessDeniedException) when calling the X operation: not authorized to perform: X";
  s.aws({ failures: { "ec2 describe-instances": denied, "ssm describe-instance-information": denied } });
  const tunnel = await openTunnel({ ...s.spec, instanceId: "i-0bbbbbbbbbbbbbbbb" }, { ...CALLER, env: s.env });
  expect(await s.ask(tunnel.port)).toBe("403 the API");
  tunnel.close();
  await none();
});

test("a socket that a dead tunnel left behind is in nobody's way", async () => {
  const tunnel = await openTunnel(s.spec, { ...CALLER, env: s.env });
  const [pid = 0] = daemons();
  process.kill(pid, "SIGKILL");
  await until(() => !isAlive(pid));
  for (const session of s.sessions()) process.kill(session, "SIGKILL");
  const next = await openTunnel(s.spec, { ...CALLER, env: s.env });
  expect(next.port).toBe(tunnel.port);
  expect(await s.ask(next.port)).toBe("403 the API");
  next.close();
  await none();
});

async function listenOn(port: number): Promise<Server> {
  const server = createServer((socket) => socket.on("error", () => undefined).end("a stranger"));
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      resolve();
    });
  });
  return server;
}
