import {
  AdmissionPolicy,
  approvedRegistries,
  Enforcement,
  gatekeeperEngine,
  HostAccess,
  kyvernoEngine,
  nativeEngine,
  noExec,
  noHostPath,
  patch,
  recommendedControls,
  requiredLabels,
  runtimeClass,
  SystemNamespace,
  trustedSigner,
} from "../../../constructs/index.js";
import type { AdmissionEngine, AdmissionPolicyProps } from "../../../constructs/index.js";
import { only, problems, synth } from "../synth.js";

const MESSAGE = "no volume may be a hostPath";
const VALIDATIONS = [
  {
    expression:
      "variables.excused || ((has(object.spec.volumes) ? object.spec.volumes : []).all(volume, !has(volume.hostPath)))",
    message: MESSAGE,
  },
];
const VARIABLES = [{ name: "excused", expression: "(request.operation == 'UPDATE' && object.spec == oldObject.spec)" }];
const SELECTOR = {
  matchExpressions: [
    {
      key: "kubernetes.io/metadata.name",
      operator: "NotIn",
      values: ["kube-node-lease", "kube-public", "kube-system"],
    },
  ],
};
const RULES = [
  { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE", "UPDATE"] },
  { apiGroups: [""], apiVersions: ["v1"], resources: ["pods/ephemeralcontainers"], operations: ["UPDATE"] },
];

function specs(props: Partial<AdmissionPolicyProps>): readonly unknown[] {
  return synth((chart) => new AdmissionPolicy(chart, "p", { control: noHostPath(), ...props })).map(
    ({ apiVersion, kind, metadata, ...rest }) => [`${apiVersion} ${kind} ${metadata.name}`, rest["spec"]],
  );
}

test("the API server gets a policy that fails closed and a binding", () => {
  expect(specs({})).toEqual([
    [
      "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy ringfence-no-host-path",
      {
        failurePolicy: "Fail",
        matchConstraints: { resourceRules: RULES },
        variables: VARIABLES,
        validations: VALIDATIONS,
      },
    ],
    [
      "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding ringfence-no-host-path",
      {
        policyName: "ringfence-no-host-path",
        validationActions: ["Deny"],
        matchResources: { namespaceSelector: SELECTOR },
      },
    ],
  ]);
});

test("a binding comes after its policy", () => {
  synth((chart) => {
    const { node } = new AdmissionPolicy(chart, "p", { control: noHostPath() });
    expect(node.findChild("Binding").node.dependencies).toEqual([node.findChild("Resource")]);
  });
});

test("Kyverno gets a ValidatingPolicy that looks at pods themselves", () => {
  expect(specs({ engine: kyvernoEngine })).toEqual([
    [
      "policies.kyverno.io/v1 ValidatingPolicy ringfence-no-host-path",
      {
        failurePolicy: "Fail",
        validationActions: ["Deny"],
        matchConstraints: { resourceRules: RULES, namespaceSelector: SELECTOR },
        autogen: { podControllers: { controllers: [] } },
        variables: VARIABLES,
        validations: VALIDATIONS,
      },
    ],
  ]);
});

test("Gatekeeper gets a template with the same expressions and a constraint", () => {
  expect(specs({ engine: gatekeeperEngine })).toEqual([
    [
      "templates.gatekeeper.sh/v1 ConstraintTemplate ringfencenohostpath",
      {
        crd: { spec: { names: { kind: "RingfenceNoHostPath" } } },
        targets: [
          {
            target: "admission.k8s.gatekeeper.sh",
            code: [
              {
                engine: "K8sNativeValidation",
                source: {
                  failurePolicy: "Fail",
                  generateVAP: false,
                  variables: [
                    {
                      name: "excused",
                      expression:
                        "request.operation == 'DELETE' || (request.operation == 'UPDATE' && object.spec == oldObject.spec)",
                    },
                  ],
                  validations: VALIDATIONS,
                },
              },
            ],
          },
        ],
      },
    ],
    [
      "constraints.gatekeeper.sh/v1beta1 RingfenceNoHostPath ringfence-no-host-path",
      {
        enforcementAction: "deny",
        match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }], namespaceSelector: SELECTOR },
      },
    ],
  ]);
});

test.each([
  [nativeEngine, "validationActions", ["Warn", "Audit"], ["Audit"]],
  [kyvernoEngine, "validationActions", ["Warn", "Audit"], ["Audit"]],
  [gatekeeperEngine, "enforcementAction", "warn", "dryrun"],
] as const)("$name can warn or record instead", (engine: AdmissionEngine, field, warn, audit) => {
  const action = (enforcement: Enforcement): unknown => {
    const [, spec] = specs({ engine, enforcement }).at(-1) as [string, Record<string, unknown>];
    return spec[field];
  };
  const reason = "teams fix their charts until March";
  expect(action(Enforcement.warn({ reason }))).toEqual(warn);
  expect(action(Enforcement.audit({ reason }))).toEqual(audit);
  expect(() => Enforcement.audit({ reason: "later" })).toThrow("'reason' must say why");
});

test("a control of marked namespaces looks at no others", () => {
  const [, binding] = specs({ control: noExec() }) as [unknown, [string, object]];
  expect(binding[1]).toMatchObject({
    matchResources: { namespaceSelector: { matchLabels: { "ringfence.dev/no-exec": "true" } } },
  });
});

test("agents of the node are left to the control of their own namespace", () => {
  const manifests = synth((chart) => {
    const hostAccess = [HostAccess.readPath("/var/log", { reason: "it ships the node's logs" })];
    const agents = [new SystemNamespace(chart, "agents", { hostAccess })];
    for (const control of recommendedControls({ agents })) new AdmissionPolicy(chart, control.id, { control });
  });
  const values = (name: string): unknown => {
    const binding = only(manifests, "ValidatingAdmissionPolicyBinding", name)["spec"];
    const { namespaceSelector } = (binding as { matchResources: { namespaceSelector: typeof SELECTOR } })
      .matchResources;
    return namespaceSelector.matchExpressions[0]?.values;
  };
  expect(values("ringfence-no-host-path")).toEqual(["kube-node-lease", "kube-public", "kube-system", "agents"]);
  expect(values("ringfence-no-node-port")).toEqual(["kube-node-lease", "kube-public", "kube-system"]);
});

test("a patch changes the policy, and fails where there is nothing to change", () => {
  const [policy] = synth((chart) => {
    patch(new AdmissionPolicy(chart, "p", { control: noHostPath() }), "/spec/failurePolicy", "Ignore");
  });
  expect(policy?.["spec"]).toMatchObject({ failurePolicy: "Ignore" });
  expect(
    problems((chart) => {
      patch(new AdmissionPolicy(chart, "p", { control: noHostPath() }), "/spec/paramKind/kind", "ConfigMap");
    }).join(),
  ).toContain("must lie in an object or list that is there");
});

test("a signature needs an engine that verifies it, and that can be the caller's", () => {
  const signer = {
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:team/app:ref:refs/heads/main",
  };
  const control = trustedSigner({ registries: ["ghcr.io/team"], signer });
  for (const engine of [nativeEngine, kyvernoEngine, gatekeeperEngine])
    expect(problems((chart) => new AdmissionPolicy(chart, "p", { control, engine }))).toEqual([
      `'control' must be one that ${engine.name} can express, got 'trusted-signer'. Signatures need an engine that verifies them: pass an AdmissionEngine of your own`,
    ]);
  const verifying: AdmissionEngine = {
    name: "Verifier",
    check: () => [],
    render: ({ name, control: wanted }) => [
      {
        apiVersion: "verify.example.com/v1",
        kind: "SignedImages",
        name,
        spec: wanted.kind === "signature" ? { registries: wanted.registries, ...wanted.signer } : {},
      },
    ],
  };
  expect(specs({ control, engine: verifying })).toEqual([
    ["verify.example.com/v1 SignedImages ringfence-trusted-signer", { registries: ["ghcr.io/team"], ...signer }],
  ]);
});

test("bad arguments of controls are told at synthesis, all at once", () => {
  const told = problems((chart) => {
    const controls = [
      approvedRegistries([]),
      requiredLabels({ labels: ["", "example.com/team/x"] }),
      runtimeClass({ classes: [] }),
      trustedSigner({ registries: ["https://ghcr.io"], signer: { issuer: "http://x", subject: "repo:*" } }),
    ];
    for (const control of controls)
      new AdmissionPolicy(chart, control.id, { control, ...(control.kind === "signature" ? { name: "Signed" } : {}) });
  });
  expect(told.map((line) => line.replace(/, got .*/, ""))).toEqual([
    "'approvedRegistries' must name at least one registry",
    "'labels[0]' must be the key of a label",
    "'labels[1]' must be the key of a label",
    "'classes' must name at least one runtime class",
    "'control' must be one that ValidatingAdmissionPolicy can express",
    "'name' must be a DNS label of at most 63 characters",
    "'approvedRegistries[0]' must be the host of a registry",
    "'signer.issuer' must be an https URL",
    "'signer.subject' must be one identity, without '*'",
  ]);
});
