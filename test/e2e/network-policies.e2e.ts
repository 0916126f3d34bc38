/**
 * The API server takes every policy of Cilium under strict validation, with the CustomResourceDefinitions of the project, which
 * come from its Go module. Left out where Go is missing. Those of Calico and of EKS are not to be had as modules.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Chart } from "cdk8s";
import { manifestsOf, NetworkEngine } from "../../constructs/index.js";
import { everythingIn, everythingOfTheCluster } from "../constructs/everything.js";
import { startControlPlane } from "./machinery/index.js";
import type { ControlPlane } from "./machinery/index.js";
import { listOf } from "./manifests.js";
import { until } from "./until.js";

const MODULE = "github.com/cilium/cilium@v1.18.2";
const CRDS = "pkg/k8s/apis/cilium.io/client/crds/v2";

const hasGo = spawnSync("go", ["version"]).status === 0;
let cluster: ControlPlane;

(hasGo ? describe : describe.skip)("policies of Cilium", () => {
  beforeAll(async () => {
    cluster = startControlPlane();
    const { stdout } = spawnSync("go", ["mod", "download", "-json", MODULE], { encoding: "utf8" });
    const { Dir: folder = "" } = JSON.parse(stdout) as { readonly Dir?: string };
    const files = ["ciliumnetworkpolicies", "ciliumclusterwidenetworkpolicies"];
    for (const file of files) {
      const crd = readFileSync(join(folder, CRDS, `${file}.yaml`), "utf8");
      expect(cluster.kubectl(["create", "-f", "-"], crd).code).toBe(0);
    }
    await until(() => files.every((file) => cluster.kubectl(["get", `${file}.cilium.io`, "-A"]).code === 0));
  }, 300_000);

  afterAll(() => cluster.stop());

  test("are taken without a warning", () => {
    const app = new App();
    const chart = new Chart(app, "app");
    everythingIn(chart, NetworkEngine.cilium(), "shop", "1.36");
    everythingOfTheCluster(chart);
    const manifests = manifestsOf(app);
    const policies = manifests.filter(({ apiVersion }) => apiVersion === "cilium.io/v2");
    expect(policies.length).toBeGreaterThan(5);
    const namespaces = manifests.filter(({ kind }) => kind === "Namespace");
    cluster.kubectl(["apply", "-f", "-"], listOf(namespaces));
    const args = ["apply", "--server-side", "--validate=strict", "-f", "-"];
    expect(cluster.kubectl(args, listOf(policies))).toMatchObject({ code: 0, err: "" });
  });
});
