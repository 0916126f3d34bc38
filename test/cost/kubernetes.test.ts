import { resource } from "../report/support.js";
import { aws, leftOut, partsOf } from "./support.js";

describe("what controllers make for Kubernetes", () => {
  const cluster = aws("eks/cluster:Cluster", { version: "1.36" });
  const gp3 = resource("kubernetes:storage.k8s.io/v1:StorageClass", "gp3", {
    inputs: {
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3" },
    },
  });
  const claimOf = (storage: string, storageClassName?: string) => ({
    resources: { requests: { storage } },
    ...(storageClassName === undefined ? {} : { storageClassName }),
  });
  const claim = resource("kubernetes:core/v1:PersistentVolumeClaim", "data", {
    inputs: { metadata: { name: "data" }, spec: claimOf("20Gi", "gp3") },
  });
  const set = resource("kubernetes:apps/v1:StatefulSet", "db", {
    inputs: {
      metadata: { name: "db" },
      spec: { replicas: 3, volumeClaimTemplates: [{ metadata: { name: "data" }, spec: claimOf("10Gi") }] },
    },
  });
  const ingress = (name: string, annotations: Record<string, string> = {}) =>
    resource("kubernetes:networking.k8s.io/v1:Ingress", name, {
      inputs: { metadata: { name, annotations }, spec: { ingressClassName: "alb" } },
    });
  const service = (name: string, spec: Record<string, string>) =>
    resource("kubernetes:core/v1:Service", name, { inputs: { metadata: { name }, spec } });

  it("is disks for claims whose class the plan has", () => {
    expect(partsOf([cluster, gp3, claim, set])["disks"]).toEqual([4.4, 50]);
    expect(leftOut([cluster, claim])).toEqual([
      ["disks of claims", "unknown", "size or storage class of a claim is not in the plan"],
    ]);
  });

  it("is a load balancer for each ingress, or each group of them, and for Services that say which kind", () => {
    const group = { "alb.ingress.kubernetes.io/group.name": "shared" };
    const nlb = service("nlb", { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" });
    const plain = service("plain", { type: "LoadBalancer" });
    const inside = service("inside", { type: "ClusterIP" });
    const all = [cluster, ingress("a"), ingress("b", group), ingress("c", group), nlb, plain, inside];
    expect(partsOf(all)["load balancers"]).toEqual([55.19, 3]);
    expect(leftOut(all)).toEqual([
      ["load balancers", "unknown", "which kind of load balancer a Service gets is not in the plan"],
    ]);
  });

  it("is nothing of a cluster that the plan does not create", () => {
    expect(partsOf([aws("kms/key:Key"), gp3, claim, ingress("a")])).toEqual({ keys: [1, 1] });
  });
});
