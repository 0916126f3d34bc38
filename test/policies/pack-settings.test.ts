import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { packPolicies } from "../../policies/pack/policies.js";
import { packOptions } from "../../policies/pack/settings.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringfence-pack-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const POD = {
  type: "kubernetes:core/v1:Pod",
  name: "db",
  urn: "urn:pulumi:dev::votes::kubernetes:core/v1:Pod::db",
  props: {
    metadata: { name: "db", namespace: "vote" },
    spec: { containers: [{ name: "db", image: "x", securityContext: { privileged: true } }] },
  },
  opts: { protect: false, ignoreChanges: [], aliases: [], customTimeouts: {}, additionalSecretOutputs: [] },
  dependencies: [],
  propertyDependencies: {},
} as unknown as PolicyResource;

/** What the policies report of a privileged pod, `policy: first line`, and the rest of the text. */
function report(configured: object): { readonly lines: readonly string[]; readonly texts: readonly string[] } {
  const [listen, ...stack] = packPolicies();
  const violations: (readonly [string, string])[] = [];
  const validate = listen.validateResource;
  if (typeof validate !== "function") throw new TypeError("the first policy takes one resource at a time");
  const args = { ...POD, getConfig: () => configured } as unknown as ResourceValidationArgs;
  void validate(args, () => undefined);
  for (const policy of stack)
    void policy.validateStack({ resources: [POD] } as unknown as StackValidationArgs, (message) => {
      violations.push([policy.name, message]);
    });
  return {
    lines: violations.map(([policy, text]) => `${policy}: ${text.split("\n")[0] ?? ""}`),
    texts: violations.map(([, text]) => text),
  };
}

describe("the policies of the pack", () => {
  test("name in each violation the rule, the remedy, the requirements and where to read more", () => {
    const { texts } = report({ rules: ["pod-no-privileged"], sets: [] });
    const [text = ""] = texts;
    expect(texts).toHaveLength(1);
    expect(text.split("\n").map((line) => line.split(":")[0])).toEqual([
      "[pod-no-privileged] spec.containers[0].securityContext.privileged",
      "Fix",
      "Frameworks",
      "More",
    ]);
    expect(text).toContain("cis-eks-1.8.0 4.2.1, cis-kubernetes 5.2.2, pss baseline/privileged");
    expect(text).toContain("More: ringfence rules pod-no-privileged");
  });

  test("list what a finding implies instead of reporting it again", () => {
    const { texts } = report({ sets: ["pss-restricted"] });
    expect(texts.find((text) => text.startsWith("[pod-no-privileged]"))).toContain("\nImplies: container-");
    expect(texts.filter((text) => text.startsWith("[container-no-privilege-escalation]"))).toEqual([]);
  });

  test("judge by the sets, rules and severities that Pulumi configures", () => {
    expect(
      report({ sets: [], rules: ["pod-no-privileged"], severities: { "pod-no-privileged": "medium" } }).lines,
    ).toEqual([expect.stringMatching(/^ringfence-medium: \[pod-no-privileged\]/)]);
  });

  test("read the project's configuration and exemptions; an expired one stops the deployment", () => {
    writeFileSync(
      join(folder, "ringfence.config.yaml"),
      "sets: []\nrules: [pod-no-privileged]\nexemptions: accepted.yaml\n",
    );
    const exemption = (until: string) => `exemptions:
  - rule: pod-no-privileged
    at: kubernetes:core/v1:Pod vote/db
    reason: the driver needs it
    owner: platform
    until: ${until}
`;
    writeFileSync(join(folder, "accepted.yaml"), exemption("2999-01-01"));
    expect(report({ project: folder }).lines).toEqual([]);
    writeFileSync(join(folder, "accepted.yaml"), exemption("2020-01-01"));
    expect(report({ project: folder }).lines).toEqual([
      expect.stringMatching(/^ringfence-critical: \[pod-no-privileged\]/),
      expect.stringMatching(
        /^ringfence-high: accepted.yaml:2: exemption of 'pod-no-privileged' .* its last day was 2020-01-01/,
      ),
    ]);
    expect(report({ project: folder, sets: [], rules: ["pod-no-host-pid"] }).lines).toEqual([]);
  });

  test("say by a schema what can be configured, and by metadata what they are", () => {
    const [listen, ...stack] = packPolicies();
    expect(Object.keys(listen.configSchema?.properties ?? {})).toEqual([
      "project",
      "sets",
      "rules",
      "parameters",
      "severities",
      "kubernetesVersion",
      "exemptions",
    ]);
    for (const policy of [listen, ...stack]) expect(policy.tags).toContain("ringfence");
  });
});

describe("a configuration that is none", () => {
  test("names every problem", () => {
    expect(() => packOptions({ project: "here", set: [] })).toThrow(
      /'ringfence-inputs set' must be a field that there is. Did you mean 'sets'\?\n.*'ringfence-inputs project' must be an absolute path, got 'here'/,
    );
    expect(() => packOptions({ sets: ["defualt"], severities: { "pod-no-privilegd": "low" } })).toThrow(
      /'ringfence-inputs sets\[0\]' must be the id of a set.*\n.*'ringfence-inputs severities.pod-no-privilegd' must be the id of a rule/,
    );
  });
});
