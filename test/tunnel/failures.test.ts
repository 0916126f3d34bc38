/** Why a tunnel does not open: one line for each reason, and no process left behind. */
import { chmodSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { certificatesFor } from "./certificates.js";
import { daemonsIn, isAlive, openTunnel, stage, STANDINS, until } from "./stage.js";
import type { Stage } from "./stage.js";

const CALLER = { hold: { caller: true } } as const;

let s: Stage;

beforeEach(async () => {
  s = await stage();
});

afterEach(async () => {
  await s.strike();
});

const none = async (): Promise<void> =>
  until(() => [...daemonsIn(s.log()), ...s.sessions()].filter(isAlive).length === 0);

describe("what does not open is one line", () => {
  const bin = (...names: readonly string[]): string => {
    const folder = join(s.folder, "bin");
    mkdirSync(folder);
    for (const name of names) symlinkSync(join(STANDINS, name), join(folder, name));
    symlinkSync(process.execPath, join(folder, "node"));
    return folder;
  };
  const opening = async (env: Readonly<Record<string, string>> = {}, more: object = {}) =>
    openTunnel({ ...s.spec, ...more }, { ...CALLER, env: { ...s.env, ...env } });

  test("no plugin", async () => {
    await expect(opening({ PATH: bin("aws") })).rejects.toThrow(
      /^session-manager-plugin is not on the PATH, and the tunnel goes through it\. Install [^\n]*https:\/\/docs\.aws\.amazon\.com\/\S+$/,
    );
    expect(s.calls()).toEqual([]);
  });

  test.each([["1.2.463.0"], ["1.2.497.0"], ["1.1.999.0"], ["what?"]])(
    "a plugin of version %s, which shows the token",
    async (pluginVersion) => {
      s.aws({ pluginVersion });
      await expect(opening()).rejects.toThrow(
        `session-manager-plugin ${pluginVersion} takes a session's token as an argument, for all users of this machine to read. Install one later than`,
      );
      expect(s.calls()).toEqual([]);
    },
  );

  test("no AWS CLI", async () => {
    await expect(opening({ PATH: bin("session-manager-plugin") })).rejects.toThrow(
      /^the AWS CLI, `aws`, is not on the PATH\./,
    );
  });

  test.each([
    ['Unable to locate credentials. You can configure credentials by running "aws login".', /^no AWS credentials: /],
    ["Error loading SSO Token: Token for corp does not exist", /^the AWS credentials have expired: /],
    ["Token has expired and refresh failed", /^the AWS credentials have expired: /],
    ["The config profile (plattform) could not be found", /^The config profile \(plattform\) could not be found\. /],
    [
      "An error occurred (AccessDeniedException) when calling the StartSession operation: User: arn:x is not authorized to perform: ssm:StartSession on resource: arn:y",
      /^AWS denies what the tunnel needs: AccessDeniedException: User: arn:x is not authorized to perform: ssm:StartSession on resource: arn:y$/,
    ],
    [
      "An error occurred (InvalidDocument) when calling the StartSession operation: Document with name prod-session not found.",
      /^the Session Manager document of the bastion does not exist/,
    ],
  ])("%s", async (stderr, line) => {
    s.aws({ failures: { "ssm start-session": stderr } });
    await expect(opening()).rejects.toThrow(line);
    await none();
  });

  test("a bastion that is not there, after the time that it was given", async () => {
    s.aws({ instances: [], online: [] });
    await expect(opening({}, { timeoutSeconds: 2 })).rejects.toThrow(
      /^not open after 2 s: no instance with the tag ringfence:bastion=prod runs, so '\S+' has no bastion now$/,
    );
    await none();
  });

  test("an API of somebody else", async () => {
    const certificateAuthority = Buffer.from(certificatesFor("other").authority).toString("base64");
    await expect(opening({}, { certificateAuthority })).rejects.toThrow(
      /^what answers through the tunnel is not the API at api\.prod\.invalid: its certificate does not come from the cluster's authority/,
    );
    await expect(opening({}, { endpointHost: "api.other.invalid" })).rejects.toThrow(
      /is not the API at api\.other\.invalid/,
    );
    await none();
  });

  test("an API that does not answer", async () => {
    const silent = createServer((socket) => socket.destroy());
    const port = await new Promise<number>((resolve) => {
      silent.listen(0, "127.0.0.1", () => {
        resolve((silent.address() as { readonly port: number }).port);
      });
    });
    s.aws({ forwardTo: port });
    await expect(opening({}, { timeoutSeconds: 2 })).rejects.toThrow(
      /^not open after 2 s: the API at api\.prod\.invalid does not answer through the bastion: does the control plane's security group/,
    );
    silent.close();
    await none();
  });

  test("a folder that others may write to is made this user's own", async () => {
    chmodSync(s.folder, 0o777);
    const tunnel = await opening();
    expect(statSync(s.folder).mode & 0o777).toBe(0o700);
    tunnel.close();
    await none();
  });

  test("a folder that is a link of somebody", async () => {
    const folder = join(s.folder, "elsewhere");
    mkdirSync(folder);
    symlinkSync(s.folder, join(folder, "ringfence"));
    await expect(opening({ XDG_RUNTIME_DIR: folder })).rejects.toThrow(/belongs to somebody else; set XDG_RUNTIME_DIR/);
  });
});
