import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { previewProgram, writePlan } from "../support/built.js";

const PROGRAMS = join(__dirname, "..", "foreign");
const GOLDEN = join(__dirname, "golden");

/** Plans in `golden/` were read by a person. After a wanted change: UPDATE_GOLDEN=1 npx jest test/plan/foreign-programs.test.ts, then read the difference. */
const update = process.env["UPDATE_GOLDEN"] === "1";

const whole = readdirSync(PROGRAMS).filter((name) => !name.startsWith("broken-") && name !== "network-child");

test("there are programs of at least ten kinds", () => {
  expect(whole.length).toBeGreaterThanOrEqual(10);
});

test.each(whole)(
  "%s gives the plan that a person has read",
  async (name) => {
    const { plan } = await previewProgram(join(PROGRAMS, name));
    const text = writePlan(plan);
    const file = join(GOLDEN, `${name}.json`);
    if (update || !existsSync(file)) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, "utf8"));
  },
  60_000,
);

const duplicate = "urn:pulumi:dev::broken-duplicate::aws:sns/topic:Topic::same";
const first = (program: string): string => `urn:pulumi:dev::${program}::aws:sns/topic:Topic::first`;

test.each([
  ["throws", "the program failed: the shop has no name (at Object.<anonymous> (index.js:4:7))"],
  ["rejects", "the program failed: TypeError: no such shop (at module.exports (index.js:5:24))"],
  ["in-apply", "the program failed: cannot use 6 parts (at index.js:5:9)"],
  [
    "run-error",
    "the program failed: Network 'prod':\n  'cidr' must be an address block, got 'ten'. Write it like '10.0.0.0/16'",
  ],
  ["duplicate", `Duplicate resource URN '${duplicate}'; try giving it a unique name`],
  ["parent", "could not find parent resource urn:pulumi:dev::other::acme:web:Site::ghost"],
  [
    "hangs",
    `the program ended before it was done, after it registered '${first("broken-hangs")}': it called process.exit(), or waits for a promise that never settles`,
  ],
  [
    "exits",
    "the program ended before it was done, after it registered 'urn:pulumi:dev::broken-exits::pulumi:pulumi:Stack::broken-exits-dev': it called process.exit(), or waits for a promise that never settles",
  ],
  [
    "hangs-alive",
    "the program made no progress for 5 s and does not end: a timer, a server or an open file keeps it running",
  ],
  [
    "unanswered",
    "the program failed: TypeError: zone.nameServers.map is not a function (at module.exports (index.js:5:62)). It had asked for 'aws:route53/getZone:getZone', which only the real provider answers",
  ],
  [
    "not-compiled",
    `'main' in '${join(PROGRAMS, "broken-not-compiled", "Pulumi.yaml")}' must name the program, got 'dist/index.js', which does not exist. Build the program first: npm run build`,
  ],
])(
  "a program that %s is one clear error",
  async (name, message) => {
    const run = previewProgram(join(PROGRAMS, `broken-${name}`), { idleLimitMs: 5_000 });
    await expect(run).rejects.toMatchObject({ name: "UserError", message });
  },
  60_000,
);

describe("the network is closed", () => {
  test.each(["namespace", "guard"] as const)(
    "an attempt ends the run although the program swallowed it (%s)",
    async (isolation) => {
      await expect(previewProgram(join(PROGRAMS, "broken-network"), { isolation })).rejects.toThrow(
        "the program reached for the network: 'api.example.com' from index.js:7:11. A preview runs without one; --allow-network lifts that",
      );
    },
    60_000,
  );

  test("a child process finds no network either, where the kernel allows a namespace", async () => {
    const { plan, environment } = await previewProgram(join(PROGRAMS, "network-child"));
    const topic = plan.resources.find((r) => r.type === "aws:sns/topic:Topic");
    if (environment.isolation === "namespace") expect(topic?.inputs["displayName"]).toBe("ENETUNREACH");
  }, 60_000);

  test("callbacks of transforms reach the engine under the guard too", async () => {
    const { plan } = await previewProgram(join(PROGRAMS, "transforms"), { isolation: "guard" });
    expect(plan.resources.every((r) => r.options.protect === true)).toBe(true);
  }, 60_000);

  test("proxy variables of the environment do not reach the program", async () => {
    process.env["https_proxy"] = process.env["HTTP_PROXY"] = process.env["grpc_proxy"] = "http://127.0.0.1:9";
    try {
      const { plan } = await previewProgram(join(PROGRAMS, "esm"));
      expect(plan.resources).toHaveLength(1);
    } finally {
      for (const name of ["https_proxy", "HTTP_PROXY", "grpc_proxy"]) Reflect.deleteProperty(process.env, name);
    }
  }, 60_000);
});
