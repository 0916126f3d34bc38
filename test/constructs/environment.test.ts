import { HardenedDeployment, HardenedNamespace } from "../../constructs/index.js";
import type { ContainerProps } from "../../constructs/index.js";
import { IMAGE, problems } from "./synth.js";

function told(props: Omit<ContainerProps, "image">): readonly string[] {
  return problems(
    (chart) => new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", { image: IMAGE, ...props }),
  );
}

describe("environment variables", () => {
  test.each([
    ["DB_PASSWORD", "hunter2"],
    ["POSTGRES_PASSWD", "x"],
    ["API_KEY", "abc"],
    ["apikey", "abc"],
    ["AUTH_TOKEN", "abc"],
    ["SECRET", "abc"],
    ["CLIENT_SECRET", "${ringfence:secret}"],
  ])("a secret in %s is refused and not repeated", (name, value) => {
    const [line, ...more] = told({ env: { [name]: value } });
    expect(more).toEqual([]);
    expect(line).toMatch(new RegExp(`^'env\\.${name}' must not hold a secret\\. Mount the secret as a file`));
    expect(line).not.toContain(value);
  });

  test.each([
    ["DATABASE_URL", "postgres://app:hunter2@db:5432/app", "a URL with a password"],
    ["CACHE", "redis://:hunter2@cache:6379", "a URL with a password"],
    ["HARMLESS", "AKIAIOSFODNN7EXAMPLE", "an AWS access key"],
    ["PEM", "-----BEGIN RSA PRIVATE KEY-----\nMII", "a private key"],
    ["JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N", "a JSON Web Token"],
  ])("a credential in %s is known by its form", (name, value, what) => {
    const [line] = told({ env: { [name]: value } });
    expect(line).toContain(`'env.${name}' must not hold ${what}`);
    expect(line).not.toContain(value);
  });

  test("what only says where a secret is, is no secret", () => {
    const env = {
      POSTGRES_PASSWORD_FILE: "/run/credentials/password",
      DB_SECRET_ARN: "${ringfence:arn}",
      DB_SECRET: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3",
      TOKEN_TTL: "3600",
      REQUIRE_PASSWORD: "true",
      PASSWORD: "",
      DATABASE_URL: "postgres://app@db:5432/app",
      SESSION_TOKEN: { podField: "metadata.uid" } as const,
    };
    expect(told({ env })).toEqual([]);
  });

  test("credentials in commands are refused too", () => {
    expect(told({ command: ["psql", "postgres://app:hunter2@db/app"] })).toEqual([
      "'args' must not hold a URL with a password. Keep it in a secret store and mount it as a file: Volume.secret, or an init container that fetches it",
    ]);
  });

  test("a variable has a name that a shell can read", () => {
    expect(told({ env: { "1st": "x" } })).toEqual([
      "'env.1st' must be the name of a variable, got '1st'. Use letters, digits and '_', no digit first",
    ]);
  });
});
