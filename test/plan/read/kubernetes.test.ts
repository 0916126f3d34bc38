import { gzipSync } from "node:zlib";
import type { Secret } from "../../../plan/model/index.js";
import { ids, lines, POD, readStdin } from "./support.js";

describe("Kubernetes objects", () => {
  test("are the documents of a stream, counted as YAML counts them", async () => {
    const text = `# Source: a\n---\n${POD}---\n---\n# nothing\n---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: c}\n...\n`;
    const read = await readStdin(text);
    expect(lines(read)).toEqual([]);
    expect(ids(read)).toEqual(["#0 kubernetes:core/v1:Pod web", "#3 kubernetes:core/v1:ConfigMap c"]);
    expect(read.plan.resources.map(({ source }) => source)).toEqual([
      { file: "-", line: 3, column: 1, document: 0 },
      { file: "-", line: 18, column: 1, document: 3 },
    ]);
    expect(read.inputs).toEqual([{ path: "-", kind: "kubernetes-yaml", resources: 2 }]);
  });

  test("have the token of their group, version and kind", async () => {
    const names = [
      "apps/v1 Deployment",
      "rbac.authorization.k8s.io/v1 Role",
      "argoproj.io/v1alpha1 Rollout",
      "v1 Service",
    ];
    const text = names.map((name) => {
      const [apiVersion = "", kind = ""] = name.split(" ");
      return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\n`;
    });
    expect((await readStdin(text.join("---\n"))).plan.resources.map(({ type }) => type)).toEqual([
      "kubernetes:apps/v1:Deployment",
      "kubernetes:rbac.authorization.k8s.io/v1:Role",
      "kubernetes:argoproj.io/v1alpha1:Rollout",
      "kubernetes:core/v1:Service",
    ]);
  });

  test("are the items of a List, of a typed list, and of Lists within", async () => {
    const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMapList
  items:
  - metadata: {name: a}
  - metadata: {name: b}
    data: {k: v}
- {apiVersion: v1, kind: Pod, metadata: {name: p}}
`;
    const read = await readStdin(text);
    expect(lines(read)).toEqual([]);
    expect(ids(read)).toEqual([
      "#0[0][0] kubernetes:core/v1:ConfigMap a",
      "#0[0][1] kubernetes:core/v1:ConfigMap b",
      "#0[1] kubernetes:core/v1:Pod p",
    ]);
    const [, b, pod] = read.plan.resources;
    expect(pod?.source).toMatchObject({ line: 10, column: 3 });
    expect(b && read.locate(b, "data.k")).toMatchObject({ line: 9, column: 15, exact: true });
    expect(b && read.locate(b, "metadata.labels")).toMatchObject({ line: 8, column: 5, exact: false });
  });

  test("come as JSON, as a JSON stream, and packed", async () => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: { hostNetwork: true } };
    const read = await readStdin(gzipSync(`\t${JSON.stringify(pod, null, "\t")}\n${JSON.stringify(pod)}`));
    expect(read.inputs).toEqual([{ path: "-", kind: "kubernetes-json", resources: 2 }]);
    expect(ids(read)).toEqual(["#1 kubernetes:core/v1:Pod web"]);
    const [only] = read.plan.resources;
    expect(only && read.locate(only, "spec.hostNetwork")).toMatchObject({ line: 11, column: 81, exact: true });
  });

  test.each([
    ["UTF-8 with a mark", Buffer.from(`\ufeff${POD}`)],
    ["UTF-16, little end first", Buffer.from(`\ufeff${POD}`, "utf16le")],
    ["UTF-16, big end first", Buffer.from(`\ufeff${POD}`, "utf16le").swap16()],
    ["line ends of Windows", Buffer.from(POD.replaceAll("\n", "\r\n"))],
  ])("come as %s", async (_, bytes) => {
    const read = await readStdin(bytes);
    expect(lines(read)).toEqual([]);
    const [pod] = read.plan.resources;
    expect(pod && read.locate(pod, "spec.containers[0].securityContext.privileged")).toMatchObject({
      line: 11,
      column: 19,
      endLine: 11,
      endColumn: 23,
    });
  });

  test("that are defined twice: the last counts, and both places are named", async () => {
    const text = `${POD}---\n${POD.replace("nginx", "caddy")}---\n${POD.replace("vote", "other")}`;
    const read = await readStdin(text);
    expect(read.warnings).toEqual(["Pod vote/web is defined twice, in -:1 and in -:13: the last counts"]);
    expect(read.plan.warnings).toEqual(read.warnings);
    expect(ids(read)).toEqual(["#1 kubernetes:core/v1:Pod web", "#2 kubernetes:core/v1:Pod web"]);
  });

  test("are the same in any version of their group, and in the namespace 'default' when they name none", async () => {
    const cron = (version: string, namespace: string): string =>
      `apiVersion: batch/${version}\nkind: CronJob\nmetadata: {name: c${namespace}}\n`;
    const read = await readStdin(`${cron("v1beta1", "")}---\n${cron("v1", ", namespace: default")}`);
    expect(read.warnings).toEqual(["CronJob default/c is defined twice, in -:1 and in -:5: the last counts"]);
  });

  test("that get their names from the server are never the same", async () => {
    const job = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  generateName: run-\n";
    const read = await readStdin(`${job}---\n${job}`);
    expect(read.warnings).toEqual([]);
    expect(read.plan.resources.map(({ name }) => name)).toEqual(["run-", "run-"]);
  });
});

describe("a Secret", () => {
  const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"data":{"token":"aHVudGVyMg=="}}
data:
  token: aHVudGVyMg==
  "key.pem": |
    hunter2
stringData: {password: hunter2, port: "80"}
`;

  test("has its content marked, and its keys readable", async () => {
    const { plan } = await readStdin(SECRET);
    const inputs = plan.resources[0]?.inputs ?? {};
    expect(Object.keys(inputs["data"] as object)).toEqual(["token", "key.pem"]);
    expect((inputs["data"] as { token: Secret }).token.reveal()).toBe("aHVudGVyMg==");
    expect(JSON.stringify(inputs)).not.toMatch(/hunter2|aHVudGVy/);
  });

  test("shows no content in lines of its file", async () => {
    const read = await readStdin(SECRET);
    const shown = SECRET.split("\n").map((_, i) => read.lineOf("-", i + 1) ?? "");
    expect(shown.map((line) => line.length)).toEqual(SECRET.split("\n").map((line) => line.length));
    expect(shown.slice(4, 12).map((line) => line.replace(/\0+/g, "[secret]"))).toEqual([
      "  annotations:",
      "    kubectl.kubernetes.io/last-applied-configuration: [secret]",
      "[secret]",
      "data:",
      "  token: [secret]",
      '  "key.pem": [secret]',
      "[secret]",
      "stringData: {password: [secret], port: [secret]}",
    ]);
    expect(read.lineOf("-", 99)).toBeUndefined();
  });

  test("shows no content in problems", async () => {
    const read = await readStdin(SECRET.replace("  token: aHVudGVyMg==", "  token: aHVudGVyMg==: hunter2\n\t x"));
    expect(read.problems).toHaveLength(1);
    expect(lines(read).join()).not.toMatch(/hunter2|aHVudGVy/);
  });
});

describe("what is wrong with an object", () => {
  test.each([
    [
      "no name",
      "apiVersion: v1\nkind: Pod\nmetadata: {}\n",
      "3:1 'metadata.name' must be set on a Pod, got nothing. Name the object",
    ],
    [
      "a name that is no text",
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 010\n",
      "4:9 'metadata.name' must be text, got 8. Write it in quotes",
    ],
    [
      "a version that is none",
      "apiVersion: 1\nkind: Pod\nmetadata: {name: a}\n",
      "1:13 'apiVersion' must be a version like 'apps/v1' or 'v1', got 1. Write the one of the kind",
    ],
    [
      "no kind beside others",
      `${POD}---\na: 1\n`,
      "13:1 'apiVersion' must be a version like 'apps/v1' or 'v1', got nothing. Write the one of the kind",
    ],
    [
      "text beside others",
      `${POD}---\nhello\n`,
      "13:1 must be a Kubernetes object, got 'hello'. Write 'apiVersion' and 'kind'",
    ],
    [
      "a key that stands twice",
      POD.replace("  namespace: vote", "  name: again"),
      "5:3 the key 'name' stands twice in one map, first on line 4. Leave one of them out",
    ],
    [
      "a key that stands twice in JSON",
      '{"apiVersion":"v1",\n"kind":"Pod",\n"kind":"Pod"}',
      "3:1 the key 'kind' stands twice in one map, first on line 2. Leave one of them out",
    ],
    [
      "a tab",
      POD.replace("  name: web", "\tname: web"),
      "4:1 is not YAML: tab characters must not be used in indentation. Indent with spaces",
    ],
    [
      "a template",
      POD.replace("name: web", "name: {{ .Values.name }}"),
      "4:10 a key must be text, got a map or list. A line with '{{' is that of a template: render it first, as 'helm template' does",
    ],
    ["nothing", "", "holds no Kubernetes object. Give a file with 'apiVersion' and 'kind' in it"],
    [
      "an empty List",
      "apiVersion: v1\nkind: List\nitems: []\n",
      "holds no Kubernetes object. Give a file with 'apiVersion' and 'kind' in it",
    ],
    ["an infinity", POD.replace("name: web", "name: .inf"), "4:9 '.inf' must be a finite number. JSON knows no other"],
  ])("%s", async (_, text, problem) => {
    expect(lines(await readStdin(text))).toEqual([problem]);
  });

  test("in one document leaves the others readable, and all of it is said", async () => {
    const read = await readStdin(`a: [\n---\n${POD}---\nkind: Pod\napiVersion: v1\n---\nb: "\n`);
    expect(ids(read)).toEqual(["#1 kubernetes:core/v1:Pod web"]);
    expect(read.problems.map(({ line }) => line)).toEqual([2, 15, 19]);
  });

  test("in an item of a List names its path", async () => {
    const text = "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata:\n    namespace: x\n";
    expect(lines(await readStdin(text))).toEqual([
      "6:3 'items[0].metadata.name' must be set on a Pod, got nothing. Name the object",
    ]);
  });

  test("a configuration of a program is no object, and no problem", async () => {
    const text = `${POD}---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n`;
    const read = await readStdin(text);
    expect(lines(read)).toEqual([]);
    expect(read.skipped).toEqual([
      {
        path: "-",
        reason: "configuration",
        message:
          "'-' holds a KubeletConfiguration of kubelet.config.k8s.io/v1beta1, which configures a program and is no object",
      },
    ]);
  });
});
