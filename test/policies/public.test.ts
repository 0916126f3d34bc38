/**
 * What people install from public repositories, in its shape: every finding of severity critical or high is one that a person
 * who knows the application agrees with, and stands here.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brief, found } from "./yaml.js";

function severe(file: string): readonly string[] {
  const findings = found(readFileSync(join(__dirname, "public", `${file}.yaml`), "utf8"));
  return findings
    .filter((f) => ["critical", "high"].includes(f.severity))
    .map((f) => brief({ ...f, covered: [] }))
    .sort();
}

test("metrics-server, which is written with care, has none", () => {
  expect(severe("metrics-server")).toEqual([]);
});

test("the guestbook says nothing of privileges, and nothing keeps its parts apart", () => {
  expect(severe("guestbook")).toEqual([
    "container-no-privilege-escalation Deployment/frontend",
    "container-no-privilege-escalation Deployment/redis-leader",
    "pod-covered-by-network-policy Deployment/frontend",
    "pod-covered-by-network-policy Deployment/redis-leader",
    "pod-run-as-non-root Deployment/frontend",
    "pod-run-as-non-root Deployment/redis-leader",
  ]);
});

test("ingress-nginx reads every Secret of the cluster", () => {
  expect(severe("ingress-nginx")).toEqual([
    "namespace-default-deny Namespace/ingress-nginx",
    "namespace-psa-enforce Namespace/ingress-nginx",
    "rbac-no-secret-read ClusterRole/ingress-nginx",
  ]);
});

test("the node exporter lives on its node: its processes, network and files", () => {
  expect(severe("node-exporter")).toEqual([
    "container-capabilities-baseline DaemonSet/node-exporter",
    "namespace-default-deny Namespace/monitoring",
    "namespace-psa-not-privileged Namespace/monitoring",
    "pod-no-host-network DaemonSet/node-exporter",
    "pod-no-host-pid DaemonSet/node-exporter",
    "pod-no-sensitive-hostpath DaemonSet/node-exporter",
  ]);
});

test("Argo CD's controller is administrator of the cluster", () => {
  expect(severe("argocd")).toEqual(["rbac-no-wildcards ClusterRole/argocd-application-controller"]);
});
