import { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import { checkName, validateWith } from "./checks.js";
import { NAMESPACE_NAME_LABEL } from "./connection.js";
import { imageOrigin, podSecurityLock } from "./guardrails.js";
import type { GuardrailDefinition } from "./guardrails.js";
import { checkRegistryName } from "./image-ref.js";
import { HardenedNamespace } from "./namespace.js";
import { lazy, objectOf } from "./objects.js";
import type { PodSecurityLevel } from "./pod-security.js";

const ADMISSION = "admissionregistration.k8s.io/v1";

/** Namespaces of Kubernetes itself, which its own components fill; guardrails do not look there. */
export const EXEMPT_NAMESPACES = ["kube-node-lease", "kube-public", "kube-system"] as const;

/** A namespace in which guardrails do not look. */
export class NamespaceExemption {
  /**
   * @param namespace Name of the namespace, such as that of an add-on which AWS manages.
   * @throws InputError when the reason is missing.
   */
  static of(namespace: string, why: Reason): NamespaceExemption {
    return new NamespaceExemption(namespace, relaxation(`NamespaceExemption.of('${namespace}')`, why));
  }

  private constructor(
    readonly namespace: string,
    readonly relaxation: Relaxation,
  ) {}
}

/** Arguments of {@link AdmissionGuardrails}. */
export interface AdmissionGuardrailsProps {
  /** Hosts, or hosts with the beginning of a path, from which pods take images; at least one. May hold tokens. */
  readonly approvedRegistries: readonly string[];
  /** Namespaces beside those of Kubernetes in which guardrails do not look. @default - none */
  readonly exemptions?: readonly NamespaceExemption[];
}

/**
 * What the API server refuses for everybody, by ValidatingAdmissionPolicies that fail closed: namespaces whose Pod Security
 * level is not the one chosen for them, and pods with images that are not pinned or come from elsewhere. Levels that a
 * `HardenedNamespace` of the same app has relaxed are known. Make it once for a cluster.
 */
export class AdmissionGuardrails extends Construct {
  constructor(scope: Construct, id: string, props: AdmissionGuardrailsProps) {
    super(scope, id);
    const exemptions = props.exemptions ?? [];

    this.createGuardrail(() => podSecurityLock(relaxedLevels(this)), exemptions);
    this.createGuardrail(() => imageOrigin(props.approvedRegistries), exemptions);

    validateWith(this, () => checkProps(props));
  }

  /** Asked for at synthesis: namespaces made after the guardrails count too. */
  private createGuardrail(define: () => GuardrailDefinition, exemptions: readonly NamespaceExemption[]): void {
    const { name } = define();
    const policy = objectOf(this, `Policy-${name}`, {
      apiVersion: ADMISSION,
      kind: "ValidatingAdmissionPolicy",
      name,
      body: { spec: lazy(() => policySpec(define())) },
    });
    const binding = objectOf(this, `Binding-${name}`, {
      apiVersion: ADMISSION,
      kind: "ValidatingAdmissionPolicyBinding",
      name,
      relaxations: () => exemptions.map((exemption) => exemption.relaxation),
      body: {
        spec: {
          policyName: name,
          validationActions: ["Deny"],
          matchResources: { namespaceSelector: allBut([...EXEMPT_NAMESPACES, ...exemptions.map((e) => e.namespace)]) },
        },
      },
    });
    binding.addDependency(policy);
  }
}

function policySpec({ resources, variables, validations }: GuardrailDefinition): object {
  return {
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: resources.map((rule) => ({ apiGroups: [""], apiVersions: ["v1"], ...rule })),
    },
    variables,
    validations,
  };
}

function allBut(namespaces: readonly string[]): object {
  return { matchExpressions: [{ key: NAMESPACE_NAME_LABEL, operator: "NotIn", values: namespaces }] };
}

function relaxedLevels(construct: Construct): Readonly<Record<string, PodSecurityLevel>> {
  const namespaces = construct.node.root.node.findAll().filter((c) => c instanceof HardenedNamespace);
  return Object.fromEntries(
    namespaces.filter((n) => n.podSecurity.level !== "restricted").map((n) => [n.name, n.podSecurity.level]),
  );
}

function checkProps({ approvedRegistries, exemptions }: AdmissionGuardrailsProps): readonly Issue[] {
  const issues = approvedRegistries.flatMap((registry, i) => checkRegistryName(`approvedRegistries[${i}]`, registry));
  const names = (exemptions ?? []).flatMap(({ namespace }, i) => checkName(`exemptions[${i}]`, namespace));
  if (approvedRegistries.length > 0) return [...issues, ...names];
  return [
    issue(
      "Required",
      "approvedRegistries",
      "must name at least one registry",
      approvedRegistries,
      "Name the host of your private registry, or no pod starts",
    ),
    ...names,
  ];
}
