/** Mechanical changes leave comments, quotes and the order of keys as they are. */
import * as fc from "fast-check";
import { load } from "js-yaml";
import type { Edit } from "../../../plan/edit/index.js";
import { editText } from "../../../plan/edit/index.js";

function edited(text: string, ...edits: readonly Edit[]) {
  return editText(text, [{ span: { start: text.search(/\S/), end: text.trimEnd().length }, edits }]);
}

const set = (path: string, value: boolean | string | readonly string[]): Edit => ({ kind: "set", path, value });

const POD = `# the pod
apiVersion: v1
kind: Pod # a kind
metadata: {name: web}
spec:
  hostPID:   true   # why not
  containers:
    - name: web   # first
      image: "nginx"

    # the other
    - image: 'redis'
      name: cache
      securityContext: {privileged: true}
`;

test("a value changes in its place", () => {
  const { text, made } = edited(POD, set("spec.hostPID", false));
  expect(made).toBe(1);
  expect(text).toBe(POD.replace("hostPID:   true", "hostPID:   false"));
});

test("a field that is not there goes behind the others, with the maps around it", () => {
  const { text } = edited(
    POD,
    set("spec.containers[0].securityContext.allowPrivilegeEscalation", false),
    set("spec.containers[0].securityContext.capabilities.drop", ["ALL"]),
  );
  expect(text).toBe(
    POD.replace(
      '      image: "nginx"\n',
      '      image: "nginx"\n      securityContext:\n        allowPrivilegeEscalation: false\n        capabilities:\n          drop:\n            - ALL\n',
    ),
  );
});

test("a map in flow style stays in it", () => {
  const { text } = edited(
    POD,
    set("spec.containers[1].securityContext.privileged", false),
    set("spec.containers[1].securityContext.runAsNonRoot", true),
    set("metadata.labels.app", "web"),
  );
  expect(text).toContain("securityContext: {privileged: false, runAsNonRoot: true}");
  expect(text).toContain("metadata: {name: web, labels: {app: web}}");
});

test("a field goes with its line, and the first of an item leaves the dash", () => {
  const { text } = edited(
    POD,
    { kind: "remove", path: "spec.hostPID" },
    { kind: "remove", path: "spec.containers[0].name" },
    { kind: "remove", path: "spec.containers[1].securityContext.privileged" },
  );
  expect(text).toBe(
    POD.replace("  hostPID:   true   # why not\n", "")
      .replace('- name: web   # first\n      image: "nginx"', '- image: "nginx"')
      .replace("{privileged: true}", "{}"),
  );
});

test("items of a list go from the last to the first, and the last one leaves an empty list", () => {
  const text = "add:\n  - NET_RAW # why\n  - CHOWN\n  - SYS_ADMIN\nflow: [a, b, c]\none:\n  - x\n";
  const gone = (path: string): Edit => ({ kind: "remove", path });
  const { text: after, made } = edited(
    text,
    gone("add[0]"),
    gone("add[2]"),
    gone("flow[0]"),
    gone("flow[2]"),
    gone("one[0]"),
    gone("one[0]"),
  );
  expect([after, made]).toEqual(["add:\n  - CHOWN\nflow: [b]\none: []\n", 5]);
});

test("what is so already is no change, and what has no place is refused", () => {
  expect(edited(POD, set("spec.hostPID", true))).toEqual({ text: POD, made: 0, refused: [] });
  const nowhere = set("spec.containers[7].image", "x");
  expect(edited(POD, nowhere)).toEqual({ text: POD, made: 0, refused: [nowhere] });
});

test("a value that an alias shares is left alone", () => {
  const shared = "a: &x\n  on: true\nb: *x\n";
  expect(edited(shared, set("b.off", false))).toMatchObject({ text: shared, made: 0 });
  expect(edited(shared, set("a.off", false))).toMatchObject({ text: shared, made: 0 });
});

test("an object that uses its neighbour's anchor cannot be read by itself, and is left alone", () => {
  const text = "- a: &x 1\n- b: *x\n  c: true\n";
  const edit = set("c", false);
  const span = { start: text.indexOf("b:"), end: text.trimEnd().length };
  expect(editText(text, [{ span, edits: [edit] }])).toEqual({ text, made: 0, refused: [edit] });
});

test("Windows line breaks stay", () => {
  const text = "spec:\r\n  a: 1\r\n";
  expect(edited(text, set("spec.b.c", true)).text).toBe("spec:\r\n  a: 1\r\n  b:\r\n    c: true\r\n");
});

test("an empty value takes what is set below it", () => {
  expect(edited("spec:\n  securityContext:\n  x: 1\n", set("spec.securityContext.runAsNonRoot", true)).text).toBe(
    "spec:\n  securityContext:\n    runAsNonRoot: true\n  x: 1\n",
  );
  expect(edited("spec: {}\n", set("spec.a", true)).text).toBe("spec: {a: true}\n");
});

test("JSON stays JSON", () => {
  const text = '{\n  "spec": {\n    "hostPID": true,\n    "containers": []\n  }\n}';
  const { text: after } = edited(text, set("spec.hostPID", false), set("spec.securityContext.runAsNonRoot", true));
  expect(JSON.parse(after)).toEqual({
    spec: { hostPID: false, containers: [], securityContext: { runAsNonRoot: true } },
  });
  expect(after).toContain('\n    "hostPID": false,\n');
});

test("a block of text at the end keeps its line breaks", () => {
  const text = "data:\n  a: |+\n    x\n\nother: 1\n";
  const { text: after } = edited(text, set("data.b", "y"));
  expect(load(after)).toEqual({ data: { a: "x\n\n", b: "y" }, other: 1 });
});

test("text that YAML would read as something else gets quotes", () => {
  for (const value of ["yes", "010", "1", "a: b", "", "null", "- x", "#"])
    expect(edited("a: 1\n", set("a", value)).text).toBe(`a: ${JSON.stringify(value)}\n`);
});

const key = fc.constantFrom("a", "b", "spec", "on", "x.y", "securityContext");
const leaf = fc.oneof(fc.boolean(), fc.integer({ min: -9, max: 99 }), fc.constantFrom("yes", "text", "two words", ""));
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.dictionary(key, tie("node"), { maxKeys: 3 }),
    fc.array(tie("node"), { maxLength: 2 }),
  ),
})).node;

test("whatever the object, a change is made exactly, or refused and nothing changes", () => {
  const { dump } = jest.requireActual<typeof import("js-yaml")>("js-yaml");
  fc.assert(
    fc.property(
      fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 }),
      fc.array(fc.constantFrom("a", "b", "spec"), { minLength: 1, maxLength: 3 }),
      fc.oneof(leaf, fc.constant(["ALL"])),
      fc.boolean(),
      (object, path, value, flow) => {
        const text = dump(object, { flowLevel: flow ? 1 : -1 });
        const edit = { kind: "set", path: path.join("."), value } as Edit;
        const {
          text: after,
          made,
          refused,
        } = editText(text, [{ span: { start: 0, end: text.length }, edits: [edit] }]);
        if (refused.length > 0) expect([after, made]).toEqual([text, 0]);
        else {
          const read = path.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], load(after));
          expect(read).toEqual(value);
        }
      },
    ),
    { numRuns: 300 },
  );
});
