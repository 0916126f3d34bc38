import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, manifest, unresolved } from "../../../examples.js";
import { ADMISSION_GROUP, admission, bindingsOfPolicy, denies, podPolicies } from "../../../lib/admission.js";
import { judgeWebhooks } from "../../../lib/webhooks.js";
import type { ExampleObject, ExampleValue, Verdict } from "../../../model.js";
import type { Found } from "../../../shapes.js";
import { labelOf, onWorld, WORKLOAD_TYPES } from "../../../shapes.js";
import { expectString, fail, failWhole, pass, unknownWhole } from "../../../verdicts.js";

const KINDS = [
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
] as const;
const DIGESTS = "object.spec.containers.all(c, c.image.contains('@sha256:'))";

function policy(spec: ExampleObject) {
  const resourceRules = [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }];
  return manifest({
    apiVersion: `${ADMISSION_GROUP}/v1`,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "digests" },
    spec: {
      matchConstraints: { resourceRules },
      validations: [{ expression: DIGESTS, message: "pin images" }],
      ...spec,
    },
  });
}

function binding(validationActions: ExampleValue) {
  return manifest(
    {
      apiVersion: `${ADMISSION_GROUP}/v1`,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: "digests" },
      spec: { policyName: "digests", validationActions },
    },
    { as: "digests-binding" },
  );
}

const REFUSES = binding(["Deny"]);

/**
 * Planned admission policies hold: each has a binding that refuses, and neither a policy nor a validating webhook lets
 * everything pass when it breaks. And no planned pod is one that a planned policy refuses: its expressions are asked as the API
 * server asks them.
 */
export const admissionPolicyDryRun = defineRule({
  id: "admission-policy-dry-run",
  title: "admission policies refuse what they are for, and none of the planned pods",
  ring: "cluster",
  severity: "medium",
  rationale:
    "A policy that only warns, or gives way when its webhook is down, is a policy until somebody minds it. One that refuses the pods of this very plan is found out at night, and then it is switched off whole.",
  remediation: 'failurePolicy: "Fail"  // and validationActions: ["Deny"] in its binding',
  references: references("catalogue/cross-ring-rules.csv: N25", { "owasp-k8s": ["K04"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "gives way when it cannot be evaluated",
        resources: [policy({ failurePolicy: "Ignore" }), REFUSES],
        path: "spec.failurePolicy",
      },
      {
        title: "only warns",
        resources: [policy({}), binding(["Warn", "Audit"])],
        path: "spec.validationActions",
        on: "digests-binding",
      },
      { title: "nothing binds it", resources: [policy({})], path: "" },
      {
        title: "refuses a planned pod",
        resources: [policy({}), REFUSES, deployment("web", { containers: [{ name: "web", image: "web:1" }] })],
        path: "",
        on: "web",
      },
      {
        title: "a webhook that gives way when nobody answers",
        resources: [
          manifest({
            apiVersion: `${ADMISSION_GROUP}/v1`,
            kind: "ValidatingWebhookConfiguration",
            metadata: { name: "gate" },
            webhooks: [{ name: "gate.example.com", failurePolicy: "Ignore" }],
          }),
        ],
        path: "webhooks[0].failurePolicy",
      },
    ],
    pass: [
      { title: "refuses others than the planned pod", resources: [policy({}), REFUSES, container("web", {})] },
      {
        title: "is for pods of another namespace",
        resources: [
          policy({ matchConditions: [{ name: "shop", expression: "object.metadata.namespace == 'shop'" }] }),
          REFUSES,
          deployment("web", { containers: [{ name: "web", image: "web:1" }] }),
        ],
      },
    ],
    unknown: [
      {
        title: "the image is an output",
        resources: [
          policy({}),
          REFUSES,
          deployment("web", { containers: [{ name: "web", image: unresolved("string") }] }),
        ],
        path: "",
        on: "web",
      },
    ],
  },
  ...onWorld(
    [...KINDS.map((kind) => `kubernetes:${ADMISSION_GROUP}/v1:${kind}`), ...WORKLOAD_TYPES],
    function* ({ world }) {
      for (const object of world.find({ kind: KINDS[0], group: ADMISSION_GROUP })) yield* judgePolicy(world, object);
      for (const object of world.find({ kind: KINDS[2], group: ADMISSION_GROUP }))
        for (const verdict of judgeWebhooks(world, object)) yield { resource: object.resource, verdict };
      const asked = podPolicies(world).filter(({ bindings }) => bindings.length > 0);
      if (asked.length === 0) return;
      for (const workload of world.workloads) {
        const label = labelOf(workload.object);
        const verdicts = asked.map((one): Verdict => {
          const said = admission(world, one, workload);
          const by = labelOf(one.object);
          if (said.kind === "unknown")
            return unknownWhole(`whether ${by} admits the pods of ${label} is not known before the deployment`);
          return said.kind === "admitted"
            ? pass()
            : failWhole(`${by} refuses the pods of ${label}: ${said.message.slice(0, 120)}`);
        });
        yield* verdicts.map((verdict) => ({ resource: workload.object.resource, verdict }));
      }
    },
  ),
});

function* judgePolicy(world: World, object: KubernetesObject): Iterable<Found> {
  const { resource, root } = object;
  const label = labelOf(object);
  yield {
    resource,
    verdict: expectString(root.at("spec", "failurePolicy"), {
      absent: "Fail",
      accept: (value) => value === "Fail",
      message: `${label} lets everything pass that it cannot evaluate`,
      undecided: `what ${label} does with what it cannot evaluate is not known before the deployment`,
      fix: "Fail",
    }),
  };
  const bindings = bindingsOfPolicy(world, object);
  const [first] = bindings;
  if (first === undefined)
    yield { resource, verdict: failWhole(`${label} decides nothing: no planned binding names it`) };
  else if (!bindings.some((binding) => denies(binding) !== false)) {
    const at = first.root.at("spec", "validationActions");
    yield {
      resource: first.resource,
      verdict: fail(at, `${label} refuses nothing: its binding only warns or records`),
    };
  }
}
