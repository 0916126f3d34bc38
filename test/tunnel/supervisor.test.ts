/** When a session is opened again, replaced, or given up: with sessions that the test ends itself, and short times. */
import { TunnelFailure } from "../../tunnel/failure.js";
import type { Session } from "../../tunnel/session.js";
import type { SupervisorTimes } from "../../tunnel/supervisor.js";
import { Supervisor } from "../../tunnel/supervisor.js";
import { until } from "./stage.js";

const all: Supervisor[] = [];

afterEach(async () => {
  await Promise.all(all.splice(0).map(async (supervisor) => supervisor.stop()));
});

interface Fake extends Session {
  readonly isOver: () => boolean;
  readonly drop: () => unknown;
}

/** A supervisor of fake sessions, the first on port 1. */
function supervised(times: Partial<SupervisorTimes>, failures: readonly TunnelFailure[] = []) {
  const [sessions, said]: [Fake[], string[]] = [[], []];
  const left = [...failures];
  let deaf = 0;
  const supervisor = new Supervisor(
    {
      open: () => {
        const failure = left.shift();
        if (failure !== undefined) return Promise.reject(failure);
        const session = fake(sessions.length + 1);
        sessions.push(session);
        return Promise.resolve(session);
      },
      probe: (port) => (port === deaf ? Promise.reject(new TunnelFailure("no answer", false)) : Promise.resolve()),
      onProgress: (text) => said.push(text),
      onOpen: () => said.push("open"),
    },
    { firstOpenMs: 1000, backOffMs: [20, 50], checkMs: 25, patienceMs: 200, drainMs: 10_000, ...times },
  );
  all.push(supervisor);
  return {
    supervisor,
    sessions,
    said,
    silence: (port: number) => (deaf = port),
    fail: (failure: TunnelFailure) => left.push(failure),
  };
}

function fake(port: number): Fake {
  let [isOver, drop] = [false, (): void => undefined];
  const ended = new Promise<void>((resolve) => {
    drop = () => {
      isOver = true;
      resolve();
    };
  });
  const end = (): Promise<void> => {
    drop();
    return ended;
  };
  return { port, ended, end, isOver: () => isOver, drop: end };
}

const notYet = new TunnelFailure("the bastion is not online yet", false);

test("what passes is tried again, and told once", async () => {
  const { supervisor, said } = supervised({}, [notYet, notYet, notYet]);
  await supervisor.start();
  expect(said).toEqual(["the bastion is not online yet; waiting for up to 1 min", "open"]);
  expect(await supervisor.port()).toBe(1);
});

test("what does not pass ends the first opening at once", async () => {
  const { supervisor, sessions } = supervised({}, [new TunnelFailure("no credentials", true)]);
  await expect(supervisor.start()).rejects.toThrow(/^no credentials$/);
  expect(sessions).toEqual([]);
});

test("the first opening has its time, and says what stood in the way", async () => {
  const { supervisor } = supervised(
    { firstOpenMs: 100 },
    Array.from({ length: 50 }, () => notYet),
  );
  await expect(supervisor.start()).rejects.toThrow(/^not open after 0 s: the bastion is not online yet$/);
});

test("a session through which nothing answers any more is replaced, after the second miss", async () => {
  const { supervisor, sessions, said, silence } = supervised({});
  await supervisor.start();
  silence(1);
  await until(() => sessions.length === 2);
  expect(sessions[0]?.isOver()).toBe(true);
  expect(said[1]).toBe("the session dropped, opening another one");
});

test("once open, no failure is final: credentials come back", async () => {
  const { supervisor, sessions, said, fail } = supervised({});
  await supervisor.start();
  fail(new TunnelFailure("the AWS credentials have expired", true));
  sessions[0]?.drop();
  await until(() => said.filter((line) => line === "open").length === 2);
  expect(said).toEqual([
    "open",
    "the session dropped, opening another one",
    "the AWS credentials have expired; trying again",
    "open",
  ]);
  expect(await supervisor.port()).toBe(2);
});

test("a session near its end is replaced while it still serves the connections that it has", async () => {
  const { supervisor, sessions } = supervised({ maxAgeMs: 60, checkMs: 30 });
  await supervisor.start();
  const over = supervisor.begun(1);
  await until(() => sessions.length >= 2);
  expect(await supervisor.port()).not.toBe(1);
  expect(sessions[0]?.isOver()).toBe(false);
  over();
  await until(() => sessions[0]?.isOver() === true);
  await supervisor.stop();
  expect(sessions.every((session) => session.isOver())).toBe(true);
});

test("a connection waits for a session, and not for ever", async () => {
  const { supervisor, sessions } = supervised({ backOffMs: [500, 500] }, []);
  await supervisor.start();
  const late = Array.from({ length: 9 }, () => notYet);
  const stuck = supervised({ backOffMs: [500, 500], firstOpenMs: 100_000 }, late);
  void stuck.supervisor.start();
  expect(await stuck.supervisor.port()).toBeUndefined();
  supervisor.lost(1);
  expect(await supervisor.port()).toBe(2);
  expect(sessions[0]?.isOver()).toBe(true);
});
