import * as pulumi from "@pulumi/pulumi";
import { getVersion } from "@pulumi/kubernetes/utilities.js";
import type { Manifest } from "./manifests.js";

/** Properties of a Secret that Pulumi encrypts in its state and never prints. */
const SECRET_PROPERTIES = ["data", "stringData"];

/**
 * One object in the cluster as one Pulumi resource, of the same type token as the classes of `@pulumi/kubernetes`, which
 * take a second to load.
 */
export class KubernetesObject extends pulumi.CustomResource {
  /**
   * @param type Wire token: `kubernetes:apps/v1:Deployment`.
   * @param manifest With Outputs in place.
   */
  constructor(type: string, name: string, manifest: Manifest, opts: pulumi.CustomResourceOptions) {
    const secret = manifest.apiVersion === "v1" && manifest.kind === "Secret";
    const inputs: Record<string, unknown> = { ...manifest };
    if (secret)
      for (const property of SECRET_PROPERTIES)
        if (inputs[property] !== undefined) inputs[property] = pulumi.secret(inputs[property]);
    super(type, name, inputs, {
      version: getVersion(),
      ...opts,
      ...(secret ? { additionalSecretOutputs: SECRET_PROPERTIES } : {}),
    });
  }
}

/** The wire token of an object: `kubernetes:core/v1:Secret`, `kubernetes:apps/v1:Deployment`. */
export function typeToken({ apiVersion, kind }: Manifest): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}
