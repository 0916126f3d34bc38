import { Construct } from "constructs";
import type { Issue } from "../../core/issue.js";
import { checkName, validateWith } from "../checks.js";
import { lazy, objectOf } from "../objects.js";
import type { AdmissionControl } from "./control.js";
import type { AdmissionEngine, AdmissionRequest } from "./engine.js";
import { Enforcement } from "./enforcement.js";
import { nativeEngine } from "./engines/native.js";
import { checkExemptions, exemptionsOf } from "./exemption.js";
import type { AdmissionExemption } from "./exemption.js";

/** Namespaces of Kubernetes itself, which its own components fill; controls do not look there. */
export const EXEMPT_NAMESPACES = ["kube-node-lease", "kube-public", "kube-system"] as const;

/** Arguments of {@link AdmissionPolicy}. */
export interface AdmissionPolicyProps {
  /** What to refuse, such as `noHostPath()`. A function is asked at synthesis, when all constructs are there. */
  readonly control: AdmissionControl | (() => AdmissionControl);
  /** Name of the objects. @default - "ringfence-" and the control's id */
  readonly name?: string;
  /** What happens with what is refused. @default Enforcement.deny() */
  readonly enforcement?: Enforcement;
  /** Who decides. @default nativeEngine - the API server itself */
  readonly engine?: AdmissionEngine;
  /** What the control lets pass until a day. @default - nothing */
  readonly exemptions?: readonly AdmissionExemption[];
}

/**
 * One control in force: the objects of its engine, which fail closed. It looks everywhere but in the namespaces of Kubernetes
 * itself. `patch` edits the policy; the binding or constraint is the child `Binding`.
 */
export class AdmissionPolicy extends Construct {
  /** Name of the objects. */
  readonly name: string;
  /** The control, as it is now. */
  get control(): AdmissionControl {
    return this.#control();
  }

  readonly #control: () => AdmissionControl;

  constructor(scope: Construct, id: string, props: AdmissionPolicyProps) {
    super(scope, id);
    const { control } = props;
    this.#control = typeof control === "function" ? control : () => control;
    this.name = props.name ?? `ringfence-${this.control.id}`;
    const engine = props.engine ?? nativeEngine;
    const unsupported = engine.check(this.control);
    validateWith(this, () => [...unsupported, ...this.check(props)]);
    if (unsupported.length === 0) this.createObjects(engine, props);
  }

  private createObjects(engine: AdmissionEngine, props: AdmissionPolicyProps): void {
    const enforcement = props.enforcement ?? Enforcement.deny();
    const exemptions = props.exemptions ?? [];
    const request = (): AdmissionRequest => ({
      name: this.name,
      control: this.control,
      enforcement,
      exemptions,
      systemNamespaces: EXEMPT_NAMESPACES,
    });
    const relaxations = [
      ...(enforcement.relaxation === undefined ? [] : [enforcement.relaxation]),
      ...exemptionsOf(this.control, exemptions).map(({ facts }) => facts.relaxation),
    ];
    const [policy, ...others] = engine.render(request()).map(({ apiVersion, kind, name }, i) =>
      objectOf(this, ["Resource", "Binding"][i] ?? `Object-${i}`, {
        apiVersion,
        kind,
        name,
        relaxations: () => relaxations,
        body: { spec: lazy(() => engine.render(request())[i]?.spec) },
      }),
    );
    if (policy !== undefined) for (const other of others) other.addDependency(policy);
  }

  private check({ exemptions }: AdmissionPolicyProps): readonly Issue[] {
    return [
      ...checkName("name", this.name),
      ...(this.control.issues ?? []),
      ...checkExemptions("exemptions", exemptions ?? [], [this.control]),
    ];
  }
}
