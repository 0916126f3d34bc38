/** Rules know resources by wire token and property name only. Here both are held against the installed SDKs. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Example, Rule } from "../../policies/index.js";
import { RULES } from "../../policies/index.js";

const ROOT = join(__dirname, "..", "..");

/** Custom resources, which no SDK of ours has. */
const CUSTOM_RESOURCES = [
  "kubernetes:argoproj.io/v1alpha1:Application",
  "kubernetes:gateway.networking.k8s.io/v1:GRPCRoute",
  "kubernetes:gateway.networking.k8s.io/v1:Gateway",
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  "kubernetes:kyverno.io/v1:ClusterPolicy",
  "kubernetes:kyverno.io/v1:Policy",
  "kubernetes:networking.istio.io/v1:DestinationRule",
  "kubernetes:networking.istio.io/v1:Gateway",
  "kubernetes:networking.istio.io/v1:VirtualService",
  "kubernetes:policies.kyverno.io/v1:ImageValidatingPolicy",
  "kubernetes:policy.sigstore.dev/v1beta1:ClusterImagePolicy",
  "kubernetes:security.istio.io/v1:AuthorizationPolicy",
  "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
  "kubernetes:karpenter.sh/v1:NodePool",
  "kubernetes:security.istio.io/v1:PeerAuthentication",
  "kubernetes:source.toolkit.fluxcd.io/v1:GitRepository",
  "kubernetes:source.toolkit.fluxcd.io/v1:OCIRepository",
  "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy",
];

/** Every wire token that stands in the sources of the room. */
function tokensInSources(): string[] {
  const files = readdirSync(join(ROOT, "policies"), { recursive: true, encoding: "utf8" }).filter((f) =>
    f.endsWith(".ts"),
  );
  const texts = files.map((file) => readFileSync(join(ROOT, "policies", file), "utf8"));
  const tokens = texts.flatMap((text) =>
    [...text.matchAll(/"((?:aws|kubernetes):[\w.]+\/[\w.]+:\w+)"/g)].map(([, token = ""]) => token),
  );
  return [...new Set(tokens)].sort();
}

/** The module of the SDK that defines a token's class. */
function moduleOf(token: string): string {
  const [, sdk = "", module = "", file = "", name = ""] = /^(\w+):([^/]+)\/([^:]+):(\w+)$/.exec(token) ?? [];
  if (sdk === "aws") return `@pulumi/aws/${module}/${file}`;
  return `@pulumi/kubernetes/${module.split(".")[0] ?? ""}/${file}/${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

interface SdkClass {
  readonly __pulumiType: string;
}

function classOf(token: string): SdkClass | undefined {
  const module = jest.requireActual<Readonly<Record<string, SdkClass>>>(moduleOf(token));
  return module[token.split(":")[2] ?? ""];
}

const tokens = tokensInSources().filter((token) => !CUSTOM_RESOURCES.includes(token));

test("the sources hold tokens to check", () => {
  expect(tokens.length).toBeGreaterThan(50);
});

const isFunction = (token: string): boolean => /:get[A-Z]\w*$/.test(token);

test.each(tokens.filter(isFunction))("%s is the token of a function of the SDK", (token) => {
  expect(readFileSync(require.resolve(moduleOf(token)), "utf8")).toContain(`invoke("${token}"`);
});

test.each(tokens.filter((token) => !isFunction(token)))("%s is the token of a class of the SDK", (token) => {
  expect(classOf(token)?.__pulumiType).toBe(token);
});

describe("examples give AWS resources the inputs that the SDK knows", () => {
  const rules: readonly Rule[] = RULES;
  const examples: readonly Example[] = rules.flatMap((r) => [
    ...r.examples.fail,
    ...r.examples.pass,
    ...r.examples.unknown,
  ]);
  const resources = examples.flatMap((e) => e.resources).filter((r) => r.type.startsWith("aws:"));

  test.each([...new Set(resources.map((r) => r.type))])("%s", (type) => {
    const source = readFileSync(require.resolve(moduleOf(type)), "utf8");
    for (const input of new Set(resources.filter((r) => r.type === type).flatMap((r) => Object.keys(r.inputs))))
      expect([
        input,
        source.includes(isFunction(type) ? `"${input}": args.${input}` : `resourceInputs["${input}"]`),
      ]).toEqual([input, true]);
  });
});
