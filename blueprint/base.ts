import { App, Chart } from "cdk8s";
import type { ClusterContract } from "../core/contract.js";
import { AdmissionGuardrails, EncryptedStorageClass, PersonaRole } from "../constructs/index.js";
import type { PersonaName } from "../constructs/index.js";
import type { SecureClusterArgs } from "./args.js";
import { addAutoMode } from "./auto-mode.js";
import type { AutoModeFacts } from "./auto-mode.js";
import { ClosedDefaultNamespace } from "./default-namespace.js";
import type { LateValues } from "./late-values.js";

/** Name of the class of encrypted disks. */
export const STORAGE_CLASS_NAME = "encrypted";

/** What every cluster holds before the first application: the namespace `default` closed, guardrails, a class of disks. */
export function baseApp(
  contract: ClusterContract,
  late: LateValues,
  personas: readonly PersonaName[],
  args: Pick<SecureClusterArgs, "registry" | "guardrailExemptions" | "nodePool">,
  autoMode: AutoModeFacts | undefined,
): App {
  const app = new App({ resolvers: [late] });
  const chart = new Chart(app, "base");
  const closed = new ClosedDefaultNamespace(chart, "default", contract.kubernetesVersion);
  const guardrails = new AdmissionGuardrails(chart, "guardrails", {
    approvedRegistries: [contract.registryHost, ...(args.registry?.approvedRegistries ?? [])],
    exemptions: args.guardrailExemptions ?? [],
  });
  // The lock on Pod Security would refuse a change to a namespace that has no level yet.
  guardrails.node.addDependency(closed);
  new EncryptedStorageClass(chart, STORAGE_CLASS_NAME, {
    kmsKeyArn: contract.keyArns["volumes"] ?? "",
    driver: autoMode === undefined ? "ebs.csi.aws.com" : "ebs.csi.eks.amazonaws.com",
  });
  if (autoMode !== undefined) addAutoMode(chart, autoMode, args.nodePool ?? {});
  for (const persona of personas) new PersonaRole(chart, persona, { persona });
  return app;
}
