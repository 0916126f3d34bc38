/** Pods, containers and their configuration: exceptions and platform semantics that the examples of the rules do not show. */
import { container, deployment, manifest, planned, secret, unresolved } from "../../policies/examples.js";
import type { ExampleObject, ExampleValue } from "../../policies/index.js";
import { said } from "./said.js";

const C = "spec.template.spec.containers[0]";

function capabilities(rule: string, lists: ExampleObject, more: ExampleObject = {}): readonly string[] {
  return said(rule, container("c", { securityContext: { capabilities: lists, ...more } }));
}

function hostPath(rule: string, path: ExampleValue, mount: ExampleObject | undefined): readonly string[] {
  const mounts = mount === undefined ? [] : [{ name: "v", mountPath: "/v", ...mount }];
  return said(
    rule,
    deployment("d", {
      volumes: [{ name: "v", hostPath: { path } }],
      containers: [{ name: "c", image: "i", volumeMounts: mounts }],
    }),
  );
}

describe("capabilities", () => {
  test("are read in any spelling that runtimes take", () => {
    const fails = [`fail c ${C}.securityContext.capabilities.add[0]`];
    for (const name of ["SYS_ADMIN", "sys_admin", "CAP_SYS_ADMIN", "ALL"])
      expect([name, capabilities("container-no-sys-admin", { add: [name] })]).toEqual([name, fails]);
    expect(capabilities("container-no-sys-module", { add: ["SYS_ADMIN"] })).toEqual(["pass"]);
  });

  test("of a privileged container say nothing", () => {
    const more = { privileged: true };
    expect(capabilities("container-no-sys-admin", { add: ["SYS_ADMIN"] }, more)).toEqual(["notApplicable"]);
    expect(capabilities("container-drop-net-raw", {}, more)).toEqual(["notApplicable"]);
  });

  test("NET_RAW: a drop by name holds, a drop of all gives way to an add by name", () => {
    const rule = "container-drop-net-raw";
    expect(capabilities(rule, { drop: ["net_raw"], add: ["NET_RAW"] })).toEqual(["pass"]);
    expect(capabilities(rule, { drop: ["all"] })).toEqual(["pass"]);
    expect(capabilities(rule, { drop: ["ALL"], add: ["ALL"] })).toEqual(["pass"]);
    expect(capabilities(rule, { drop: ["CAP_NET_RAW"] })).toEqual([`fail c ${C}.securityContext.capabilities.drop`]);
    expect(capabilities(rule, { drop: ["ALL"], add: [unresolved("string")] })).toEqual([
      `unknown c ${C}.securityContext.capabilities.add[0]`,
    ]);
    expect(capabilities(rule, { drop: ["ALL"], add: unresolved("list") })).toEqual([
      `unknown c ${C}.securityContext.capabilities.add`,
    ]);
  });
});

describe("paths of the node", () => {
  const at = "spec.template.spec.volumes[0].hostPath.path";

  test.each<[string, ExampleObject, string]>([
    ["/", {}, `fail d ${at}`],
    ["//etc/./", {}, `fail d ${at}`],
    ["/var/lib", {}, `fail d ${at}`],
    ["/var/lib/kubelet/pods/x", {}, `fail d ${at}`],
    ["/var/lib/kubelet/plugins", {}, "pass"],
    ["/var/lib/kubelet-other", {}, "pass"],
    ["/etc/ssl/certs/ca.pem", {}, "pass"],
    ["/etc/ssl", {}, `fail d ${at}`],
    ["/", { subPath: "var/log" }, "pass"],
    ["/", { subPathExpr: "$(POD_NAME)" }, `fail d ${at}`],
    ["/", { subPath: unresolved("string") }, `unknown d ${at}`],
    ["/var/log", { subPath: unresolved("string") }, "pass"],
  ])("%s with %j", (path, mount, expected) => {
    expect(hostPath("pod-no-sensitive-hostpath", path, mount)).toEqual([expected]);
  });

  test("a volume that no container mounts reaches nothing", () => {
    expect(hostPath("pod-no-sensitive-hostpath", "/", undefined)).toEqual(["pass"]);
    expect(hostPath("pod-hostpath-read-only", "/", undefined)).toEqual(["pass"]);
  });

  test("a list of mounts that is not known yet may hold it", () => {
    const pod = (rule: string) =>
      said(
        rule,
        deployment("d", {
          volumes: [{ name: "v", hostPath: { path: "/root/.aws" } }],
          containers: [
            { name: "a", image: "i", volumeMounts: unresolved("list") },
            { name: "b", image: "i" },
          ],
        }),
      );
    expect(pod("pod-no-sensitive-hostpath")).toEqual([`unknown d ${at}`]);
    expect(pod("pod-no-cloud-credential-mount")).toEqual([`unknown d ${at}`]);
    expect(pod("pod-hostpath-read-only")).toEqual(["unknown d spec.template.spec.volumes[0].hostPath"]);
  });

  test("each container that can write is a finding of its own", () => {
    const mount = (name: string, readOnly: boolean) => ({
      name,
      image: "i",
      volumeMounts: [{ name: "v", mountPath: "/v", readOnly }],
    });
    const found = said(
      "pod-hostpath-read-only",
      deployment("d", {
        volumes: [{ name: "v", hostPath: { path: "/data" } }],
        initContainers: [mount("a", false)],
        containers: [mount("b", true), mount("c", false)],
      }),
    );
    expect(found).toEqual([
      `fail d spec.template.spec.containers[1].volumeMounts[0].readOnly`,
      `fail d spec.template.spec.initContainers[0].volumeMounts[0].readOnly`,
    ]);
  });
});

describe("requests and limits", () => {
  const range = (limits: ExampleValue) =>
    manifest({
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: { name: "r", namespace: "vote" },
      spec: { limits },
    });
  const at = `${C}.resources.requests.cpu`;

  test("a LimitRange counts for containers, by the fields from which the API server fills the others", () => {
    const cpu = { cpu: "1" };
    const limit = (fields: ExampleObject) => said("container-cpu-limit", container("c", {}), range([fields]));
    const request = (fields: ExampleObject) => said("container-cpu-request", container("c", {}), range([fields]));
    expect(limit({ type: "Container", max: cpu })).toEqual(["pass"]);
    expect(limit({ type: "Container", min: cpu })).toEqual([`fail c ${C}.resources.limits.cpu`]);
    expect(limit({ type: "Pod", max: cpu })).toEqual([`fail c ${C}.resources.limits.cpu`]);
    expect(request({ type: "Container", min: cpu })).toEqual(["pass"]);
    expect(request({ type: "Container", default: cpu })).toEqual(["pass"]);
    expect(request({ type: "Container", default: { memory: "1Gi" } })).toEqual([`fail c ${at}`]);
    expect(said("container-cpu-request", container("c", {}), range(unresolved("list")))).toEqual([`unknown c ${at}`]);
  });

  test("a pod's own count from 1.34 on", () => {
    const pod = (version: string) =>
      said(
        "container-memory-limit",
        planned("aws:eks/cluster:Cluster", "prod", { version }),
        deployment("d", { resources: { limits: { memory: "1Gi" } }, containers: [{ name: "c", image: "i" }] }),
      );
    expect(pod("1.34")).toEqual(["pass"]);
    expect(pod("1.33")).toEqual([`fail d ${C}.resources.limits.memory`]);
  });
});

describe("configuration", () => {
  test("a Service that leads to SSH by another number, and one that does not by UDP", () => {
    const service = (port: ExampleObject) =>
      said(
        "container-no-ssh",
        manifest({ apiVersion: "v1", kind: "Service", metadata: { name: "s" }, spec: { ports: [port] } }),
      );
    expect(service({ port: 22, targetPort: 8022 })).toEqual(["fail s spec.ports[0].port"]);
    expect(service({ port: 22, protocol: "UDP" })).toEqual(["notApplicable"]);
    expect(service({ port: 443, targetPort: "ssh" })).toEqual(["pass"]);
    expect(service({ port: 22, protocol: unresolved("string") })).toEqual(["unknown s spec.ports[0].port"]);
  });

  test("one list of the environment that is not known does not hide a Secret in the other", () => {
    const found = said(
      "pod-no-secret-env",
      container("c", { env: unresolved("list"), envFrom: [{ secretRef: { name: unresolved("string") } }] }),
    );
    expect(found).toEqual([`unknown c ${C}.env`, `fail c ${C}.envFrom[0].secretRef`]);
  });

  test("a Secret that the program fills is one finding for each map, and shows no value", () => {
    const object = (fields: ExampleObject) =>
      said("secret-external-store", manifest({ apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, ...fields }));
    const both = { data: secret({ a: "aHVudGVyMg==", b: "eA==" }), stringData: { c: "hunter2" } };
    expect(object(both)).toEqual(["fail s data", "fail s stringData"]);
    expect(object({ data: { a: "" } })).toEqual(["pass"]);
    expect(object({ type: "kubernetes.io/service-account-token", data: { extra: "eA==" } })).toEqual(["notApplicable"]);
  });

  test("a user namespace is not asked of pods that cannot have one", () => {
    const pod = (spec: ExampleObject) => said("pod-user-namespace", deployment("d", { containers: [], ...spec }));
    expect(pod({ hostNetwork: true })).toEqual(["notApplicable"]);
    expect(pod({ os: { name: "windows" } })).toEqual(["notApplicable"]);
    expect(pod({})).toEqual(["fail d spec.template.spec.hostUsers"]);
  });
});
