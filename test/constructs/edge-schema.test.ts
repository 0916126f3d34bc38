import { ALL_ENGINES, everyAccess, everyControl, everyWayIn } from "./edge-everything.js";
import { MINORS, schemaProblems } from "./schema.js";
import { synth } from "./synth.js";
import type { Manifest } from "./synth.js";

const all = (minor: string): readonly Manifest[] =>
  synth((chart) => {
    everyControl(chart, ALL_ENGINES);
    everyAccess(chart);
    everyWayIn(chart, minor);
  });

/** Gatekeeper makes the kind of a constraint from its template, so there is no schema to hold it against. */
const hasSchema = ({ apiVersion }: Manifest): boolean => apiVersion !== "constraints.gatekeeper.sh/v1beta1";

describe.each(MINORS)("admission, access, ways in and certificates, by the OpenAPI of Kubernetes %s", (minor) => {
  const manifests = all(minor).filter(hasSchema);

  test("every manifest is valid, and no field is unknown", () => {
    expect(manifests.flatMap((manifest) => schemaProblems(manifest, minor))).toEqual([]);
  });

  test("every kind is looked at", () => {
    expect([...new Set(manifests.map(({ kind }) => kind))].sort()).toEqual([
      ...["AWSPCAClusterIssuer", "AWSPCAIssuer", "Bundle", "Certificate", "ClusterIssuer", "ClusterRole"],
      ...["ClusterRoleBinding", "ConstraintTemplate", "Deployment", "Gateway", "HTTPRoute", "Ingress", "Issuer"],
      ...["LimitRange", "Middleware", "Namespace", "NetworkPolicy", "PodDisruptionBudget", "ResourceQuota", "Role"],
      ...["RoleBinding", "Service", "ServiceAccount", "TLSOption", "ValidatingAdmissionPolicy"],
      ...["ValidatingAdmissionPolicyBinding", "ValidatingPolicy"],
    ]);
  });
});

test("an unknown field of a custom resource is found", () => {
  const [certificate] = all("1.36").filter(({ kind }) => kind === "Certificate");
  const broken = {
    ...certificate,
    spec: { ...(certificate?.["spec"] as object), renewAfter: "1h" },
  } as unknown as Manifest;
  expect(schemaProblems(broken, "1.36")).toEqual([expect.stringContaining("renewAfter")]);
});

test("synthesis twice gives the same text", () => {
  expect(JSON.stringify(all("1.36"))).toBe(JSON.stringify(all("1.36")));
});
