/** What the pages show compiles, plans, and is found fault with by none of our rules; what they tell to type in a shell works. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cidr, EncryptionKeys, GUARDRAIL_CONTROLS, SCP_CHARACTERS } from "../../../infra/index.js";
import type { ClusterRef } from "../../../infra/index.js";
import { findingsIn } from "../judged.js";
import { snippetsOf, sourceOf } from "../pages.js";
import { CLUSTER_ARN, LOGS_KEY, planIn, REGISTRY_KEY, SECRETS_KEY, VOLUMES_KEY } from "../support.js";
import * as shown from "./snippets.js";

const ROOT = join(__dirname, "..", "..", "..");

const CLUSTER: ClusterRef = {
  clusterName: "prod",
  name: "prod",
  arn: CLUSTER_ARN,
  kubernetesVersion: "1.36",
  endpoint: "https://ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
  certificateAuthority: "LS0t",
  serviceCidr: Cidr.parse("172.20.0.0/16"),
  controlPlaneSecurityGroupId: "sg-0123456789abcdef0",
  oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF",
};

const keys = () =>
  EncryptionKeys.existing({
    secretsKeyArn: SECRETS_KEY,
    logsKeyArn: LOGS_KEY,
    volumesKeyArn: VOLUMES_KEY,
    registryKeyArn: REGISTRY_KEY,
  });

test.each([
  ["account-defaults", 1],
  ["backup", 2],
  ["detection", 2],
  ["encryption", 5],
  ["guardrails", 3],
  ["registry", 2],
])("every snippet of docs/cloud/%s.md is in the compiled file", (page, count) => {
  const source = sourceOf("test/infra/cloud-pages/snippets.ts");
  const snippets = snippetsOf(`docs/cloud/${page}.md`);
  expect(snippets).toHaveLength(count);
  for (const snippet of snippets) expect(source).toContain(snippet);
});

const ALONE =
  /^kms-key-policy-sufficient-and-minimal .* lets CloudWatch Logs in, and nothing in this plan has it use the key$/;

test.each<readonly [string, () => unknown]>([
  ["keys", shown.keys],
  ["keys with users", shown.usersOfKeys],
  ["replicas of keys", shown.replicas],
  ["Auto Scaling of another account", shown.foreignScaling],
  [
    "the registry",
    () => {
      shown.registry(keys());
    },
  ],
  [
    "copies of images",
    () => {
      shown.copies(keys());
    },
  ],
  [
    "detection",
    () => {
      shown.detection(CLUSTER);
    },
  ],
  [
    "detection in parts",
    () => {
      shown.detectionInParts(CLUSTER, LOGS_KEY);
    },
  ],
  [
    "backups",
    () => {
      shown.backups(CLUSTER);
    },
  ],
  ["guardrails", shown.guardrails],
  ["a boundary", shown.boundary],
  [
    "defaults of the account",
    () => {
      shown.accountDefaults(keys());
    },
  ],
])("%s", async (_, program) => {
  const made = await planIn(() => {
    program();
  });
  expect(made.resources).not.toEqual([]);
  // Keys without anything that uses them: the log groups are in another program.
  expect(findingsIn(made).filter((line) => !ALONE.test(line))).toEqual([]);
});

test("Velero's storage plans", async () => {
  const made = await planIn(() => {
    shown.velero(CLUSTER, SECRETS_KEY);
  });
  expect(made.resources.filter(({ type }) => type === "aws:s3/bucket:Bucket")).toHaveLength(2);
});

test("keys that exist are what was said of them, and printed guardrails are the attached ones", () => {
  expect(shown.existingKeys()).toEqual(keys());
  expect(shown.printed().map((line) => line.split("\n")[0])).toEqual([
    expect.stringMatching(/^1: the Kubernetes API is private; /),
    expect.stringMatching(/^2: /),
  ]);
});

test("the page on guardrails names every control", () => {
  const page = readFileSync(join(ROOT, "docs", "cloud", "guardrails.md"), "utf8");
  const named = [...page.matchAll(/^\| `(\w+)` \| /gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(GUARDRAIL_CONTROLS));
});

test("what the page on guardrails tells to type prints documents that AWS takes", () => {
  const page = readFileSync(join(ROOT, "docs", "cloud", "guardrails.md"), "utf8");
  const [, program = ""] = /node -e '\n(.*?)\n'\n/s.exec(page) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "ringfence-test-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(ROOT, join(folder, "node_modules", "ringfence"));
    execFileSync(process.execPath, ["-e", program], { cwd: folder });
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    expect(files).toEqual(["guardrails-1.json", "guardrails-2.json"]);
    for (const file of files) {
      const text = readFileSync(join(folder, file), "utf8");
      expect(text.length).toBeLessThanOrEqual(SCP_CHARACTERS);
      expect((JSON.parse(text) as { Version: string }).Version).toBe("2012-10-17");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
