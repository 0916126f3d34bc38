import fc from "fast-check";
import { parse } from "smol-toml";
import { tomlOf } from "../../core/toml.js";
import type { TomlTable } from "../../core/toml.js";

const scalar = fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.boolean());
const { table } = fc.letrec<{ table: TomlTable; value: TomlTable[string] }>((tie) => ({
  table: fc.dictionary(fc.string(), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    tie("table"),
    fc.array(tie("table"), { maxLength: 2 }),
  ),
}));

test("what was written is read back by a parser of TOML", () => {
  fc.assert(
    fc.property(table, (given) => {
      const isUnsafe = JSON.stringify(given).includes("__proto__");
      fc.pre(!isUnsafe);
      expect(parse(tomlOf(given))).toEqual(given);
    }),
  );
});

test("tables have headers, tables in lists are inline, odd keys are quoted", () => {
  const text = tomlOf({
    settings: {
      ntp: { "time-servers": ["169.254.169.123"] },
      kernel: { lockdown: "integrity", sysctl: { "net.ipv4.ip_forward": "1" } },
      "container-registry": { mirrors: [{ registry: "*", endpoint: ["https://mirror.example.com"] }] },
    },
  });
  expect(text).toBe(`[settings.ntp]
time-servers = ["169.254.169.123"]

[settings.kernel]
lockdown = "integrity"

[settings.kernel.sysctl]
"net.ipv4.ip_forward" = "1"

[settings.container-registry]
mirrors = [{ registry = "*", endpoint = ["https://mirror.example.com"] }]
`);
});
