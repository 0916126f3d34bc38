import { readExemptions } from "../../../policies/index.js";

const GOOD = `# reviewed every quarter
exemptions:
  - rule: pod-no-privileged
    at: kubernetes:apps/v1:DaemonSet monitoring/node-exporter
    reason: reads counters of the host
    owner: platform@example.com
    until: 2027-03-31
`;

test("reads entries with the line that each stands at; a date stays text", () => {
  expect(readExemptions(GOOD, "ringfence.exemptions.yaml")).toEqual({
    exemptions: [
      {
        rule: "pod-no-privileged",
        at: "kubernetes:apps/v1:DaemonSet monitoring/node-exporter",
        reason: "reads counters of the host",
        owner: "platform@example.com",
        until: "2027-03-31",
        said: "ringfence.exemptions.yaml:3",
      },
    ],
    problems: [],
  });
});

test("an empty file, and one without entries, hold none", () => {
  for (const text of ["", "# nothing yet\n", "exemptions:\n", "exemptions: []"])
    expect([text, readExemptions(text, "e.yaml").exemptions]).toEqual([text, []]);
});

test("names every problem with its line, and keeps the entries that are whole", () => {
  const text = `${GOOD}  - rule: pod-no-host-pid
    at: ''
    ownr: me
    until: 31.03.2027
    reason: 7
  - everything
`;
  const { exemptions, problems } = readExemptions(text, "e.yaml");
  expect(exemptions).toHaveLength(1);
  expect(problems.map(({ kind, said, message }) => `${kind} ${said} ${message}`)).toEqual([
    "malformed e.yaml:8 'e.yaml:10 exemptions[1].ownr' must be a field of an exemption. Did you mean 'owner'? It excuses nothing",
    "malformed e.yaml:8 'e.yaml:9 exemptions[1].at' must be the id of a resource, got ''. Copy it from the report: 'kubernetes:apps/v1:Deployment vote/db'. It excuses nothing",
    "malformed e.yaml:8 'e.yaml:12 exemptions[1].reason' must say why, in at least ten characters, got 7. Write what a reviewer needs to know. It excuses nothing",
    "malformed e.yaml:8 'e.yaml:8 exemptions[1].owner' must name who answers for it, got nothing. Write a person or a team: 'platform@example.com'. It excuses nothing",
    "malformed e.yaml:8 'e.yaml:11 exemptions[1].until' must be the last day on which it holds, got '31.03.2027'. Write it like '2027-03-31'. It excuses nothing",
    "malformed e.yaml:13 'e.yaml:13 exemptions[2]' must be a map, got 'everything'. Write rule, at, reason, owner and until. It excuses nothing",
  ]);
});

test("the same exemption twice is a problem that names both lines", () => {
  const { problems } = readExemptions(`${GOOD}${GOOD.split("\n").slice(2).join("\n")}`, "e.yaml");
  expect(problems.map(({ message }) => message)).toEqual([
    "e.yaml:8 repeats the exemption at e.yaml:3. Keep one of them",
  ]);
});

test.each([
  ["a list", "- rule: a", "'e.yaml' must be a map with the one key 'exemptions', a list"],
  ["another key", "exemption: []", "got 'exemption'. Begin it with 'exemptions:'"],
  ["a map for the list", "exemptions: {}", "'exemptions' must be a list, got {}. Begin each entry with '- rule:'"],
  ["no YAML", "exemptions: [", "'e.yaml' must be YAML"],
  ["two documents", "exemptions: []\n---\nexemptions: []", "'e.yaml' must be one YAML document, got '2 documents'"],
])("refuses %s", (_, text, message) => {
  expect(() => readExemptions(text, "e.yaml")).toThrow(message);
});
