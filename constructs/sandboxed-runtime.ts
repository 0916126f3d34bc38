import { Construct } from "constructs";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkName, checkSubdomain, checkWhole, validateWith } from "./checks.js";
import type { StringMap } from "./manifest.js";
import { objectOf } from "./objects.js";
import type { Toleration } from "./scheduling.js";
import { tolerationManifest } from "./scheduling.js";

/** A kind of sandbox: how the node's container runtime calls it, and what it costs for each pod. */
export class Sandbox {
  /** gVisor: a kernel in user space between the container and the node's (handler `runsc`). */
  static gvisor(): Sandbox {
    return new Sandbox("runsc", 50, 64);
  }

  /** Kata Containers: a small virtual machine for each pod (handler `kata`); the nodes must be able to run virtual machines. */
  static kata(): Sandbox {
    return new Sandbox("kata", 250, 160);
  }

  /** A handler of another name, as the nodes' container runtime is configured. */
  static handler(name: string, overhead: { readonly cpuMillicores: number; readonly memoryMiB: number }): Sandbox {
    return new Sandbox(name, overhead.cpuMillicores, overhead.memoryMiB);
  }

  private constructor(
    /** `handler` of the runtime class. */
    readonly name: string,
    /** CPU that the sandbox takes beside its containers, in thousandths. */
    readonly cpuMillicores: number,
    /** Memory that the sandbox takes beside its containers. */
    readonly memoryMiB: number,
  ) {}
}

/** Arguments of {@link SandboxedRuntime}. */
export interface SandboxedRuntimeProps {
  /** @default - the construct's id */
  readonly name?: string;
  readonly sandbox: Sandbox;
  /** Labels of the nodes that have the runtime; at least one, or pods would land where they cannot start. */
  readonly nodeSelector: StringMap;
  /** Taints of these nodes. @default - none */
  readonly tolerations?: readonly Toleration[];
}

/**
 * A runtime class whose pods run in a sandbox, on the nodes that have it. The scheduler and quotas count what the sandbox takes
 * (https://kubernetes.io/docs/concepts/containers/runtime-class/).
 *
 * @example new SandboxedRuntime(chart, "gvisor", { sandbox: Sandbox.gvisor(), nodeSelector: { "example.com/sandbox": "gvisor" } });
 */
export class SandboxedRuntime extends Construct {
  /** For `runtimeClassName`. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: SandboxedRuntimeProps) {
    super(scope, id);
    this.name = props.name ?? id;
    const { sandbox, nodeSelector } = props;
    const tolerations = (props.tolerations ?? []).map(tolerationManifest);
    objectOf(this, "Resource", {
      apiVersion: "node.k8s.io/v1",
      kind: "RuntimeClass",
      name: this.name,
      body: {
        handler: sandbox.name,
        overhead: { podFixed: { cpu: `${sandbox.cpuMillicores}m`, memory: `${sandbox.memoryMiB}Mi` } },
        scheduling: { nodeSelector, ...(tolerations.length === 0 ? {} : { tolerations }) },
      },
    });
    validateWith(this, () => [
      ...checkSubdomain("name", this.name),
      ...checkName("sandbox.handler", sandbox.name),
      ...checkWhole("sandbox.cpuMillicores", sandbox.cpuMillicores, 0, 1_000_000),
      ...checkWhole("sandbox.memoryMiB", sandbox.memoryMiB, 0, 16_777_216),
      ...checkNodes(nodeSelector),
    ]);
  }
}

function checkNodes(nodeSelector: StringMap): readonly Issue[] {
  if (Object.keys(nodeSelector).length > 0) return [];
  const advice = "Label the nodes that have the runtime, and name the label";
  return [issue("Required", "nodeSelector", "must hold at least one label", nodeSelector, advice)];
}
