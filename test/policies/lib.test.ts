import { Cursor, UNKNOWN } from "../../plan/world/index.js";
import { Concat, Secret, Unknown } from "../../plan/model/index.js";
import { openness } from "../../policies/lib/addresses.js";
import { anyText, matchesAction, statementsOf } from "../../policies/lib/iam.js";
import { imageParts } from "../../policies/lib/images.js";
import { minorVersion } from "../../policies/lib/kubernetes-version.js";
import { isPlaintextSecret, isSecretName, linesHoldSecret, secretWords } from "../../policies/lib/secrets.js";
import { every, expectBoolean, expectPresent, includes, some } from "../../policies/verdicts.js";

const DIGEST = `sha256:${"ab".repeat(32)}`;

describe("openness of an address block", () => {
  test.each([
    ["0.0.0.0/0", "world"],
    ["::/0", "world"],
    ["0.0.0.0/1", "world"],
    ["128.0.0.0/1", "world"],
    // AWS ignores set host bits.
    ["203.0.113.7/0", "world"],
    ["2000::/3", "world"],
    ["10.0.0.0/8", "part"],
    ["203.0.113.0/24", "part"],
    ["fc00::/7", "part"],
    ["2001:db8::/32", "part"],
    ["203.0.113.7", "malformed"],
    ["everybody", "malformed"],
    ["10.0.0/8", "malformed"],
  ])("%s is %s", (block, expected) => {
    expect(openness(block)).toBe(expected);
  });
});

describe("image references", () => {
  test.each([
    ["redis", "redis", undefined, undefined],
    ["redis:7", "redis", "7", undefined],
    ["localhost:5000/redis", "localhost:5000/redis", undefined, undefined],
    ["localhost:5000/redis:7", "localhost:5000/redis", "7", undefined],
    [`ghcr.io/a/b:1@${DIGEST}`, "ghcr.io/a/b", "1", DIGEST],
    ["redis@nonsense", "redis", undefined, undefined],
  ])("%s", (image, repository, tag, digest) => {
    expect(imageParts(new Cursor(image))).toEqual({ repository, tag, digest });
  });

  test("what ends in a late value may end in a digest, so nobody can tell", () => {
    const image = new Cursor(new Concat(["registry/redis:", new Unknown("string")]));
    expect(imageParts(image)).toEqual({ repository: "registry/redis", tag: UNKNOWN, digest: UNKNOWN });
    expect(imageParts(new Cursor(new Unknown("string")))).toBe(UNKNOWN);
  });

  test("a late host does not hide the tag behind it", () => {
    const image = new Cursor(new Concat([new Unknown("string"), "/redis:7"]));
    expect(imageParts(image)).toMatchObject({ tag: "7", digest: undefined });
  });
});

describe("secrets", () => {
  test.each([
    "POSTGRES_PASSWORD",
    "dbPassword",
    "API_KEY",
    "apiKey",
    "AUTH_TOKEN",
    "AWS_SECRET_ACCESS_KEY",
    "redis.passwd",
    "CLIENT_SECRET",
    "STRIPE-SECRET-KEY",
    "PGPASSWORD",
    "MYSQL_PWD",
    "DB_PW",
    "DB_PASS",
    "PGPASS",
  ])("%s names a secret", (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    "POSTGRES_USER",
    "POSTGRES_PASSWORD_FILE",
    "SECRET_ARN",
    "TOKEN_TTL_SECONDS",
    "KEYBOARD",
    "TOKENIZER",
    "DB_SECRET_NAME",
    "PASSWORD_POLICY",
    "PUBLIC_KEY",
    "MONKEY",
    "COMPASS",
    "BYPASS",
    "PROXY_PASS",
    "PASS_THROUGH",
    "PGPASSFILE",
  ])("%s names none", (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  test.each([
    ["DB_PASSWORD", "hunter2", true],
    ["DB_PASSWORD", "", false],
    ["DB_PASSWORD", "/run/secrets/db", false],
    ["DB_PASSWORD", "$(FROM_SECRET)", false],
    ["DB_PASSWORD", "${FROM_SHELL}", false],
    ["DB_SECRET", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db", false],
    ["USE_TOKEN", "true", false],
    ["NOTE", "-----BEGIN RSA PRIVATE KEY-----\nabc", true],
    ["NOTE", "AKIAABCDEFGHIJKLMNOP", true],
    ["NOTE", "https://user:hunter2@example.com/", true],
    ["NOTE", "https://user:$(PASSWORD)@example.com/", false],
    ["NOTE", "postgres://db:5432/votes", false],
    ["NOTE", `ghp_${"a".repeat(36)}`, true],
    ["NOTE", "hello", false],
    ["JAVA_OPTS", "-Xmx1g -Ddb.password=jpw99", true],
    ["JAVA_OPTS", "-Xmx1g -Ddb.password=${DB_PASSWORD}", false],
    ["CONN", "Server=db;Uid=sa;Pwd=connPw1;", true],
    ["CONN", "Server=db;Uid=sa;Pwd=$(DB_PW);", false],
    ["CALLBACK", "https://example.com/?user=a&access_token=abc123", true],
    ["CONFIG", '{"user":"a","password":"hunter2"}', true],
    ["OPTS", "--user a --password hunter2", true],
    ["OPTS", "--user a --password --quiet", false],
    ["OPTS", "--tls-secret=db-tls --token-ttl=2m --password-file=x", false],
    ["NOTE", "# --password=example\necho", false],
    ["HOOK", `https://hooks.slack.com/services/T${"0".repeat(8)}/B${"0".repeat(8)}/${"a".repeat(24)}`, true],
    ["HOOK", "https://hooks.slack.com/services/", false],
  ])("%s=%s", (name, value, expected) => {
    expect(isPlaintextSecret(name, new Cursor(value))).toBe(expected);
  });

  test.each([
    [["--password=argSecret99", "--user", "a"], [0]],
    [["--token", "abc123", "--user", "a"], [1]],
    [["run", `ghp_${"a".repeat(36)}`], [1]],
    [["sh", "-c", "mysql --password=hunter2 votes"], [2]],
    [["--token", "$(TOKEN)", "--password", "--quiet", "--tls-secret", "db-tls", "token", "abc"], []],
  ])("of the words %j those at %j are secrets", (words, expected) => {
    const cursors = words.map((word) => new Cursor(word));
    expect(secretWords(cursors).map((word) => cursors.indexOf(word))).toEqual(expected);
  });

  test("a word that nobody knows counts behind an option of a secret alone", () => {
    const late = new Cursor(new Unknown("string"));
    expect(secretWords([new Cursor("--cluster"), late])).toEqual([]);
    expect(secretWords([new Cursor("--password"), late])).toEqual([late]);
  });

  test("time grows with the length of a text alone", () => {
    const long = "a".repeat(5_000_000);
    for (const text of [
      `${long} https://db@example.com`,
      `password=$X ${long}`,
      `password=$X${" ".repeat(5_000_000)}`,
      `"token": ${'"'.repeat(5_000_000)}`,
    ])
      expect(isPlaintextSecret("NOTE", new Cursor(text))).toBe(false);
  });

  test("a Pulumi secret is one whatever its name, and what nobody knows under a plain name cannot be told", () => {
    expect(isPlaintextSecret("GREETING", new Cursor(new Secret("hello")))).toBe(true);
    expect(isPlaintextSecret("GREETING", new Cursor(new Unknown("string")))).toBe(UNKNOWN);
    expect(isPlaintextSecret("DB_PASSWORD", new Cursor(new Unknown("string")))).toBe(true);
  });

  test.each([
    ["db.host=db\ndb.password=hunter2", true],
    ["db:\n  password: hunter2\n", true],
    ['{\n  "apiKey": "hunter2"\n}', true],
    ["db:\n  password: ${DB_PASSWORD}\n", false],
    ["db.host=db\n# password goes here\n", false],
  ])("the file %j", (text, expected) => {
    expect(linesHoldSecret(text)).toBe(expected);
  });
});

describe("IAM", () => {
  test("a document may be text, an object, one statement or a list", () => {
    const one = { Effect: "Allow", Action: "*", Resource: "*" };
    for (const document of [{ Statement: one }, { Statement: [one] }, JSON.stringify({ Statement: [one] })]) {
      const statements = statementsOf(new Cursor(document));
      expect(statements === UNKNOWN ? UNKNOWN : statements.map((s) => s.effect)).toEqual(["Allow"]);
    }
    expect(statementsOf(new Cursor(new Unknown("string")))).toBe(UNKNOWN);
  });

  test("actions match by wildcard, in any letter case, over colons and slashes", () => {
    expect(matchesAction("s3:Get*", "s3:getobject")).toBe(true);
    expect(matchesAction("*", "s3:GetObject")).toBe(true);
    expect(matchesAction("s3:Get?bject", "s3:GetObject")).toBe(true);
    expect(matchesAction("s3.GetObject", "s3:GetObject")).toBe(false);
  });

  test("an unknown item hides whether a list meets a condition, unless another one does", () => {
    const list = (items: readonly (string | Unknown)[]) => anyText(new Cursor(items), (text) => text === "a");
    expect([list(["a", new Unknown()]), list(["b", new Unknown()]), list(["b"])]).toEqual([true, UNKNOWN, false]);
  });
});

describe("three-valued reading", () => {
  const words = { absent: true, accept: (value: boolean) => !value, message: "bad", undecided: "unclear" };

  test("absent is what the platform takes, unknown is unknown", () => {
    expect(expectBoolean(new Cursor(undefined, "a"), words)).toEqual({
      kind: "fail",
      path: "a",
      actual: undefined,
      message: "bad",
    });
    expect(expectBoolean(new Cursor(false, "a"), words)).toEqual({ kind: "pass" });
    expect(expectBoolean(new Cursor(new Unknown(), "a"), words)).toEqual({
      kind: "unknown",
      path: "a",
      message: "unclear",
    });
    expect(expectPresent(new Cursor(null, "a"), words).kind).toBe("fail");
    expect(expectPresent(new Cursor(new Unknown(), "a"), words).kind).toBe("unknown");
    expect(expectPresent(new Cursor("x", "a"), words).kind).toBe("pass");
  });

  test("and, or, in", () => {
    expect([every([true, UNKNOWN]), every([false, UNKNOWN]), every([])]).toEqual([UNKNOWN, false, true]);
    expect([some([true, UNKNOWN]), some([false, UNKNOWN]), some([])]).toEqual([true, UNKNOWN, false]);
    expect(includes(new Cursor(["a"]), "a")).toBe(true);
    expect(includes(new Cursor(["a", new Unknown()]), "b")).toBe(UNKNOWN);
    expect(includes(new Cursor(undefined), "a")).toBe(false);
  });
});

test.each([
  ["1.36", 36],
  ["v1.9", 9],
  ["1.36.4", 36],
  ["1.36-eks-1", 36],
  ["latest", 36],
])("the minor version of %s is %i", (text, minor) => {
  expect(minorVersion(text)).toBe(minor);
});
