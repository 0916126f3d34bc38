import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPORT_FORMATS } from "../../../report/formats/index.js";

test("docs/formats.md lists the formats that there are, with the ending of their files", () => {
  const page = readFileSync(join(__dirname, "../../../docs/formats.md"), "utf8");
  const listed = [...page.matchAll(/^\| `([a-z]+)` \| `([a-z]+)` \|/gm)].map(([, id, ending]) => [id, ending]);
  expect(listed).toEqual([["text", "txt"], ...REPORT_FORMATS.map(({ id, fileExtension }) => [id, fileExtension])]);
});
