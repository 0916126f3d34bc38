/**
 * The API server takes every manifest of admission, access, ways in and certificates under strict validation, with the
 * CustomResourceDefinitions of the projects, which come from their Go modules. Left out where Go is missing.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Chart } from "cdk8s";
import { gatekeeperEngine, kyvernoEngine, nativeEngine } from "../../constructs/index.js";
import { everyAccess, everyControl, everyWayIn } from "../constructs/edge-everything.js";
import { startControlPlane } from "./machinery/index.js";
import type { ControlPlane, Said } from "./machinery/index.js";
import { listOf } from "./manifests.js";
import type { Manifest } from "./manifests.js";

const CRDS = {
  "github.com/cert-manager/cert-manager@v1.21.2": [
    "deploy/crds/cert-manager.io_certificates.yaml",
    "deploy/crds/cert-manager.io_clusterissuers.yaml",
    "deploy/crds/cert-manager.io_issuers.yaml",
  ],
  "github.com/cert-manager/aws-privateca-issuer@v1.11.0": [
    "config/crd/bases/awspca.cert-manager.io_awspcaclusterissuers.yaml",
    "config/crd/bases/awspca.cert-manager.io_awspcaissuers.yaml",
  ],
  "github.com/cert-manager/trust-manager@v0.25.0": ["deploy/crds/trust.cert-manager.io_bundles.yaml"],
  "github.com/kyverno/kyverno@v1.19.1": ["config/crds/policies.kyverno.io/policies.kyverno.io_validatingpolicies.yaml"],
  "github.com/open-policy-agent/gatekeeper/v3@v3.23.1": [
    "charts/gatekeeper/crds/constrainttemplate-customresourcedefinition.yaml",
  ],
  "github.com/traefik/traefik/v3@v3.7.13": [
    "docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml",
  ],
  "sigs.k8s.io/gateway-api@v1.6.3": [
    "config/crd/standard/gateway.networking.k8s.io_gateways.yaml",
    "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml",
  ],
};

const hasGo = spawnSync("go", ["version"]).status === 0;
let cluster: ControlPlane;

(hasGo ? describe : describe.skip)("custom resources", () => {
  beforeAll(() => {
    cluster = startControlPlane();
    for (const [name, files] of Object.entries(CRDS))
      for (const file of files) {
        const content = readFileSync(join(folderOf(name), file), "utf8");
        expect(apply(content)).toMatchObject({ code: 0 });
      }
    const { code } = cluster.kubectl(["wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"]);
    expect(code).toBe(0);
    const names = ["cert-manager", "gateway", "other"];
    apply(listOf(names.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }))));
  }, 600_000);

  afterAll(() => cluster.stop());

  test.each([
    [
      "every way in and every certificate",
      (chart: Chart) => {
        everyWayIn(chart, "1.36");
      },
    ],
    ["every role", everyAccess],
    [
      "every control by Kyverno",
      (chart: Chart) => {
        everyControl(chart, [kyvernoEngine]);
      },
    ],
    [
      "every control by Gatekeeper",
      (chart: Chart) => {
        everyControl(chart, [gatekeeperEngine]);
      },
    ],
    [
      "every control by the API server",
      (chart: Chart) => {
        everyControl(chart, [nativeEngine]);
      },
    ],
  ])("%s", (_, build) => {
    const chart = new Chart(new App(), "all");
    build(chart);
    // Gatekeeper itself makes the kinds of constraints.
    const manifests = (chart.toJson() as Manifest[]).filter(({ apiVersion }) => !apiVersion.startsWith("constraints."));
    const isFirst = ({ kind }: Manifest): boolean => kind === "Namespace";
    expect(manifests.length).toBeGreaterThan(8);
    for (const some of [manifests.filter(isFirst), manifests.filter((manifest) => !isFirst(manifest))])
      if (some.length > 0) expect(apply(listOf(some))).toMatchObject({ code: 0, err: "" });
  });

  test("personas may what they say, and not more", () => {
    const may = (group: string, verb: string, resource: string, namespace = "edge"): boolean => {
      const as = ["--as", "somebody", "--as-group", `ringfence:${group}`, "-n", namespace];
      const [type = "", subresource] = resource.split("/");
      const on = subresource === undefined ? [type] : [type, "--subresource", subresource];
      return cluster.kubectl(["auth", "can-i", verb, ...on, ...as]).out.trim() === "yes";
    };
    expect(may("developer", "patch", "deployments.apps")).toBe(true);
    expect(may("developer", "patch", "deployments.apps", "other")).toBe(false);
    expect(may("operator", "create", "pods/eviction")).toBe(true);
    expect(may("auditor", "list", "clusterroles.rbac.authorization.k8s.io")).toBe(true);
    expect(may("ci-deployer", "create", "networkpolicies.networking.k8s.io")).toBe(true);
    expect(may("break-glass", "create", "pods/exec")).toBe(true);
    for (const group of ["viewer", "developer", "operator", "auditor", "ci-deployer", "break-glass"]) {
      for (const [verb, resource] of [
        ["list", "secrets"],
        ["create", "pods"],
        ["create", "serviceaccounts/token"],
        ["create", "rolebindings.rbac.authorization.k8s.io"],
        ["get", "nodes/proxy"],
        ["patch", "namespaces"],
      ] as const)
        expect([group, verb, resource, may(group, verb, resource)]).toEqual([group, verb, resource, false]);
    }
    // The controller has added the extension to the viewer's rights.
    expect(may("viewer", "list", "gateways.gateway.networking.k8s.io")).toBe(true);
    expect(may("developer", "list", "gateways.gateway.networking.k8s.io")).toBe(false);
  });
});

function apply(documents: string): Said {
  return cluster.kubectl(["apply", "--server-side", "--validate=strict", "-f", "-"], documents);
}

/** Where Go has put a module. */
function folderOf(name: string): string {
  const { stdout } = spawnSync("go", ["mod", "download", "-json", name], { encoding: "utf8" });
  const { Dir, Error: error } = JSON.parse(stdout) as { readonly Dir?: string; readonly Error?: string };
  if (Dir === undefined) throw new Error(error);
  return Dir;
}
