import {
  AdmissionGuardrails,
  gatekeeperEngine,
  HardenedNamespace,
  kyvernoEngine,
  NamespaceExemption,
  noHostPath,
  PodSecurity,
} from "../../../constructs/index.js";
import type { AdmissionGuardrailsProps } from "../../../constructs/index.js";
import { CONTRACT, only, problems, synth } from "../synth.js";

interface PolicySpec {
  readonly failurePolicy: string;
  readonly matchConstraints: unknown;
  readonly variables: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly { readonly expression: string }[];
}

const manifests = synth((chart) => {
  new AdmissionGuardrails(chart, "guardrails", {
    approvedRegistries: [CONTRACT.registryHost, "ghcr.io/team"],
    exemptions: [
      NamespaceExemption.of("amazon-guardduty", { reason: "AWS installs and updates the agent", until: "2027-06-30" }),
    ],
  });
  new HardenedNamespace(chart, "shop");
  new HardenedNamespace(chart, "agents", {
    podSecurity: PodSecurity.baseline({ reason: "the agent of the nodes runs as root" }),
  });
});
const specOf = (name: string): PolicySpec => only(manifests, "ValidatingAdmissionPolicy", name)["spec"] as PolicySpec;
const variable = (policy: string, name: string): string | undefined =>
  specOf(policy).variables.find((v) => v.name === name)?.expression;

describe("AdmissionGuardrails", () => {
  test.each(["ringfence-pod-security", "ringfence-images"])(
    "%s fails closed and denies, outside system namespaces",
    (name) => {
      expect(specOf(name).failurePolicy).toBe("Fail");
      expect(only(manifests, "ValidatingAdmissionPolicyBinding", name)).toMatchObject({
        metadata: {
          annotations: {
            "ringfence.dev/relaxations": JSON.stringify([
              {
                choice: "NamespaceExemption.of('amazon-guardduty') until 2027-06-30",
                reason: "AWS installs and updates the agent",
              },
            ]),
          },
        },
        spec: {
          policyName: name,
          validationActions: ["Deny"],
          matchResources: {
            namespaceSelector: {
              matchExpressions: [
                {
                  key: "kubernetes.io/metadata.name",
                  operator: "NotIn",
                  values: ["kube-node-lease", "kube-public", "kube-system"],
                },
              ],
            },
          },
        },
      });
    },
  );

  test("the lock knows the levels that namespaces of the app have relaxed, whenever they were made", () => {
    expect(specOf("ringfence-pod-security").matchConstraints).toEqual({
      resourceRules: [
        { apiGroups: [""], apiVersions: ["v1"], resources: ["namespaces"], operations: ["CREATE", "UPDATE"] },
      ],
    });
    expect(variable("ringfence-pod-security", "levels")).toBe("{'agents': 'baseline'}");
    expect(specOf("ringfence-pod-security").validations.map((v) => v.expression)).toEqual([
      "variables.excused || ('pod-security.kubernetes.io/enforce' in variables.labels && (variables.labels['pod-security.kubernetes.io/enforce'] == variables.level || variables.labels['pod-security.kubernetes.io/enforce'] == 'restricted'))",
      "variables.excused || ('pod-security.kubernetes.io/enforce-version' in variables.labels && variables.labels['pod-security.kubernetes.io/enforce-version'] != 'latest')",
    ]);
  });

  test("images of all three kinds of containers are judged, also those added to a running pod", () => {
    expect(specOf("ringfence-images").matchConstraints).toEqual({
      resourceRules: [
        { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE", "UPDATE"] },
        { apiGroups: [""], apiVersions: ["v1"], resources: ["pods/ephemeralcontainers"], operations: ["UPDATE"] },
      ],
    });
    expect(variable("ringfence-images", "images")).toBe(
      "object.spec.containers.map(c, c.image)" +
        " + (has(object.spec.initContainers) ? object.spec.initContainers.map(c, c.image) : [])" +
        " + (has(object.spec.ephemeralContainers) ? object.spec.ephemeralContainers.map(c, c.image) : [])",
    );
    expect(variable("ringfence-images", "registries")).toBe("['${ringfence:registry}/', 'ghcr.io/team/']");
    expect(specOf("ringfence-images").validations.map((v) => v.expression)).toEqual([
      "variables.excused || (variables.images.all(image, image.matches('@sha256:[0-9a-f]{64}$')))",
      "variables.excused || (variables.images.all(image, variables.registries.exists(registry, image.startsWith(registry))))",
    ]);
  });

  test("an exemption is in the expression, with the place and the end of its last day", () => {
    const place = (field: string): string => `object.metadata.${field} == 'amazon-guardduty'`;
    const inTime = "variables.written.size() > 0 && variables.written.all(t, t < timestamp('2027-07-01T00:00:00Z'))";
    expect(variable("ringfence-pod-security", "excused")).toBe(`(${place("name")} && ${inTime})`);
    expect(variable("ringfence-images", "excused")).toBe(
      "(request.operation == 'UPDATE' && object.spec == oldObject.spec) || " +
        `(has(object.metadata.namespace) && ${place("namespace")} && ${inTime})`,
    );
  });

  test("a control is added, once, and by another engine", () => {
    const names = (
      controls: AdmissionGuardrailsProps["controls"] & object,
      engine = kyvernoEngine,
    ): readonly string[] =>
      synth((chart) => new AdmissionGuardrails(chart, "g", { approvedRegistries: ["ghcr.io"], controls, engine })).map(
        (m) => `${m.kind} ${m.metadata.name}`,
      );
    expect(names([noHostPath()])).toEqual([
      "ValidatingPolicy ringfence-pod-security",
      "ValidatingPolicy ringfence-images",
      "ValidatingPolicy ringfence-no-host-path",
    ]);
    expect(names([], gatekeeperEngine)).toEqual([
      "ConstraintTemplate ringfencepodsecurity",
      "RingfencePodSecurity ringfence-pod-security",
      "ConstraintTemplate ringfenceimages",
      "RingfenceImages ringfence-images",
    ]);
    expect(
      problems((chart) => {
        const controls = [noHostPath(), noHostPath()];
        new AdmissionGuardrails(chart, "g", { approvedRegistries: ["ghcr.io"], controls });
      }),
    ).toEqual(["'controls' must hold each control once, got 'no-host-path'. Make an AdmissionPolicy with a name"]);
  });

  test("policies and bindings are objects of the cluster", () => {
    const inChart = synth((chart) => new AdmissionGuardrails(chart, "g", { approvedRegistries: ["ghcr.io"] }), {
      namespace: "shop",
    });
    expect(inChart.map((m) => m.metadata.namespace)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("a registry is a host, and there is at least one", () => {
    expect(
      problems((chart) => new AdmissionGuardrails(chart, "g", { approvedRegistries: ["ghcr.io/", "x' || true || '"] })),
    ).toEqual([
      "'approvedRegistries[0]' must be the host of a registry, got 'ghcr.io/'. Write it like '111122223333.dkr.ecr.eu-west-1.amazonaws.com' or 'ghcr.io/team'",
      "'approvedRegistries[1]' must be the host of a registry, got 'x' || true || ''. Write it like '111122223333.dkr.ecr.eu-west-1.amazonaws.com' or 'ghcr.io/team'",
    ]);
    expect(problems((chart) => new AdmissionGuardrails(chart, "g", { approvedRegistries: [] }))).toEqual([
      "'approvedRegistries' must name at least one registry, got []. Name the host of your private registry, or no pod starts",
    ]);
  });
});
