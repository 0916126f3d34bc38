/** `ringfence connect` and `ringfence up`, compiled, with stand-ins for AWS's command and plugin, and for `pulumi`. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { placeOf } from "../../cli/up.js";
import { kubeconfigDocument } from "../../tunnel/index.js";
import { daemonsIn, isAlive, stage, until } from "../tunnel/stage.js";
import type { Stage } from "../tunnel/stage.js";

const MAIN = join(__dirname, "..", "..", "dist", "cli", "main.js");

let s: Stage;

beforeEach(async () => {
  s = await stage();
});

afterEach(async () => {
  await until(() => daemonsIn(s.log()).filter(isAlive).length === 0);
  await s.strike();
});

function started(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...s.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  const ended = new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>((resolve) => {
    child.on("close", (code) => {
      resolve({ code, out, err });
    });
  });
  return { child, ended, out: () => out };
}

const ran = async (args: readonly string[], env?: Readonly<Record<string, string>>) => started(args, env).ended;
const PROD = ["connect", "prod", "--region", "eu-west-1"] as const;

describe("connect", () => {
  test("writes a kubeconfig of its own, prints how to use it, and ends by Ctrl-C", async () => {
    const { child, ended, out } = started(PROD);
    await until(() => out() !== "");
    const path = join(s.folder, "eu-west-1-prod.kubeconfig");
    expect(out()).toBe(`export KUBECONFIG=${path}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { clusters } = JSON.parse(readFileSync(path, "utf8")) as {
      readonly clusters: readonly {
        readonly cluster: { readonly server: string; readonly "tls-server-name": string };
      }[];
    };
    const [{ cluster } = { cluster: { server: "", "tls-server-name": "" } }] = clusters;
    expect(cluster["tls-server-name"]).toBe("api.prod.invalid");
    expect(await s.ask(Number(new URL(cluster.server).port))).toBe("403 the API");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0 });
  });

  test("runs a command with it, and ends with its exit code", async () => {
    const { code, out } = await ran([
      ...PROD,
      "--",
      "sh",
      "-c",
      'test -s "$KUBECONFIG" && echo "$1" && exit 7',
      "sh",
      "--x",
    ]);
    expect([code, out]).toEqual([7, "--x\n"]);
  });

  test("leaves a kubeconfig of somebody else as it is", async () => {
    const mine = join(s.folder, "config");
    writeFileSync(mine, "apiVersion: v1\n");
    const { code, err } = await ran([...PROD, "--kubeconfig", mine, "--", "true"]);
    expect(code).toBe(2);
    expect(err).toContain(
      `ringfence: connect: '--kubeconfig' must be a file that does not exist yet, or that \`ringfence connect\` wrote, got '${mine}'. Name another file\n`,
    );
    expect(readFileSync(mine, "utf8")).toBe("apiVersion: v1\n");
  });

  test("takes Region and profile from where AWS's command takes them", async () => {
    await ran(["connect", "prod", "--profile", "platform", "--", "true"], { AWS_REGION: "eu-west-1" });
    expect(s.calls().map(({ profile }) => profile)).toEqual(Array.from(s.calls(), () => "platform"));
    expect(s.calls()[0]?.args).toEqual("eks describe-cluster --name prod --region eu-west-1 --output json".split(" "));
  });

  test.each([
    [["connect"], "'cluster' must be the name of an EKS cluster"],
    [["connect", "a b"], "'cluster' must be the name of an EKS cluster, got 'a b'"],
    [[...PROD, "--"], "'--' must be followed by a command"],
    [[...PROD, "--port", "80"], "'--port' must be a port from 1024 to 65535, got 80"],
    [[...PROD, "--port", "x"], "'--port' must be a port from 1024 to 65535"],
    [[...PROD, "--timeout", "0"], "'--timeout' must be more than 0 and at most 3600, got 0"],
    [["connect", "prod", "--region", "Ireland"], "'--region' must be the name of an AWS Region, got 'Ireland'"],
    [[...PROD, "--regoin", "x"], "'--regoin' must be an option of `ringfence connect`. Did you mean '--region'?"],
  ])("refuses %j before it asks anybody", async (args, line) => {
    const { code, out, err } = await ran(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(line);
    expect(s.calls()).toEqual([]);
  });

  test.each([
    [["connect", "prood", "--region", "eu-west-1"], {}, "there is no such cluster in this Region and account"],
    [PROD, { documents: [] }, "no Session Manager document carries the tag ringfence:bastion=prod"],
    [PROD, { documents: ["a", "b"] }, "several Session Manager documents carry the tag ringfence:bastion=prod: a, b"],
    [PROD, { cluster: { name: "prod", status: "CREATING" } }, "the cluster 'prod' has no API yet: it is CREATING"],
  ])("%j, %j is one line", async (args, state, line) => {
    s.aws(state);
    const { code, err } = await ran(args);
    expect(code).toBe(2);
    expect(err.trim().split("\n")).toEqual([expect.stringContaining(`ringfence: ${line}`)]);
  });
});

describe("up", () => {
  const kubeconfig = (server: string): string =>
    JSON.stringify(
      kubeconfigDocument({ clusterName: "prod", region: "eu-west-1", certificateAuthority: "LS0=", server }),
    );
  const pulumi = (state: string): Readonly<Record<string, string>> => {
    const bin = join(s.folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "state.json"), state);
    writeFileSync(
      join(bin, "pulumi"),
      `#!/bin/sh\necho "$@" >> ${join(bin, "calls")}\nif [ "$1" = stack ]; then cat ${join(bin, "state.json")}; exit; fi\n` +
        `wc -l < ${join(s.folder, "..", "sessions")} >> ${join(bin, "calls")} 2>/dev/null\nexit 5\n`,
    );
    chmodSync(join(bin, "pulumi"), 0o755);
    return { PATH: `${bin}:${s.env["PATH"] ?? ""}` };
  };
  const calls = (): readonly string[] =>
    readFileSync(join(s.folder, "bin", "calls"), "utf8")
      .trim()
      .split("\n");
  const stateWith = (server: string): string =>
    JSON.stringify({
      deployment: { resources: [{ type: "pulumi:providers:kubernetes", inputs: { kubeconfig: kubeconfig(server) } }] },
    });

  test("runs `pulumi up` once, with the tunnel open, and ends as that does", async () => {
    const { code } = await ran(["up", "--yes", "-s", "prod"], pulumi(stateWith("https://127.0.0.1:61234")));
    expect(code).toBe(5);
    expect(calls().map((line) => line.trim())).toEqual(["stack export -s prod", "up --yes -s prod", "1"]);
  });

  test("opens nothing for a cluster that is reached directly", async () => {
    const { code } = await ran(["up"], pulumi(stateWith("https://api.prod.invalid")));
    expect(code).toBe(5);
    expect(s.calls()).toEqual([]);
  });

  test("goes on without a cluster that is gone, and stops at a tunnel that does not open", async () => {
    s.aws({ cluster: { name: "other" } });
    const env = pulumi(stateWith("https://127.0.0.1:61234"));
    expect(await ran(["up"], env)).toMatchObject({
      code: 5,
      err: expect.stringContaining("no such cluster") as string,
    });
    s.aws({ documents: [] });
    expect(await ran(["up"], env)).toMatchObject({ code: 2 });
    expect(calls().filter((line) => line.startsWith("up"))).toHaveLength(1);
    expect(existsSync(s.folder)).toBe(true);
  });

  test("passes on what says which stack it is, in each spelling", () => {
    expect(placeOf(["--yes", "-C", "infra", "--stack=prod", "--diff"])).toEqual(["-C", "infra", "--stack=prod"]);
  });
});
