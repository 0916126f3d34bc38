import type { Urn } from "../../model/values.js";
import type { SymbolTable } from "../fragments.js";
import type { WireObject } from "../wire.js";
import { isWireObject, unwrapSecret } from "../wire.js";
import type { Answer } from "./aws.js";

/**
 * Answers for a Kubernetes object: what it states, and a name where it states none, which the provider makes of the
 * Pulumi name and a random suffix. `uid`, `status` and all that the API server fills in stay unknown.
 */
export function answerKubernetes(urn: Urn, name: string, inputs: WireObject, symbols: SymbolTable): Answer {
  const metadata = unwrapSecret(inputs["metadata"]);
  const stated = isWireObject(metadata) ? metadata : {};
  const own = unwrapSecret(stated["name"]);
  const given = typeof own === "string";
  const objectName = given ? own : symbols.issue(urn, "metadata.name", (fragment) => `${name}-${fragment}`);
  const namespace = unwrapSecret(stated["namespace"]);
  const id = typeof namespace === "string" ? `${namespace}/${objectName}` : objectName;
  return { id, added: given ? {} : { metadata: { ...stated, name: objectName } } };
}
