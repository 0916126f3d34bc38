/** What would lock everybody out ends a preview. The account is known while the program runs and not before. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { previewProgram } from "../../support/built.js";

// A preview starts a process; both cores may be busy.
jest.setTimeout(120_000);

const ROOT = join(__dirname, "..", "..", "..");
const ADMIN = "arn:aws:iam::111122223333:role/platform";
const STRANGER = "arn:aws:iam::444455556666:role/platform";

/** The message of a preview of keys with these arguments, as the text of a program. */
async function refusal(args: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-test-"));
  try {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: keys\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(
      join(folder, "index.js"),
      `const { EncryptionKeys, policyDocument, Principal } = require(${JSON.stringify(join(ROOT, "dist", "infra", "index.js"))});
      const admin = Principal.role("${ADMIN}");
      new EncryptionKeys("prod", ${args});`,
    );
    await previewProgram(folder, { region: "eu-west-1" });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each([
  ["the keys as they are", `{ administrators: [admin] }`, /^$/],
  [
    "administrators who are all of another account",
    `{ administrators: [Principal.role("${STRANGER}")] }`,
    /'administrators' must hold one of account 111122223333, which has the key, got 'arn:aws:iam::444455556666:role\/platform'/,
  ],
  [
    "a policy that somebody made instead",
    `{ administrators: [admin], transformKey: (args) => ({
      ...args, policy: policyDocument([{ principals: { aws: "${STRANGER}" }, actions: ["kms:*"], resources: ["*"] }]) }) }`,
    /'policy' must let somebody of account 111122223333 change it \(kms:PutKeyPolicy\), or nobody ever can/,
  ],
  [
    "a denial that somebody adds for all",
    `{ administrators: [admin], transformKey: (args) => ({
      ...args,
      policy: args.policy.apply((text) => {
        const { Statement, ...rest } = JSON.parse(text);
        return JSON.stringify({ ...rest, Statement: [...Statement, { Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" }] });
      }),
    }) }`,
    /'policy' must not deny kms:PutKeyPolicy to all who may: the account, arn:aws:iam::111122223333:role\/platform/,
  ],
])("%s", async (_, args, message) => {
  expect(await refusal(args)).toMatch(message);
});
