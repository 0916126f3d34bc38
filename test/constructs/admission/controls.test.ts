import {
  ADMISSION_CONTROLS,
  AdmissionPolicy,
  gatekeeperEngine,
  kyvernoEngine,
  nativeEngine,
} from "../../../constructs/index.js";
import { synth } from "../synth.js";
import { ADMISSION_CASES } from "./cases.js";
import { refusals } from "./engines.js";
import type { RenderedObject } from "./engines.js";

const ENGINES = [nativeEngine, kyvernoEngine, gatekeeperEngine];

describe.each(ADMISSION_CASES)("$control.id", ({ control, cases }) => {
  describe.each(ENGINES)("by $name", (engine) => {
    const objects = synth(
      (chart) => new AdmissionPolicy(chart, "p", { control, engine }),
    ) as unknown as RenderedObject[];

    test.each(cases)("$why: admitted $admitted", (request) => {
      const told = refusals(objects, request);
      const messages = control.validations.map(({ message }) => message);
      expect(told.filter((message) => !messages.includes(message))).toEqual([]);
      expect(told.length === 0).toBe(request.admitted);
    });
  });
});

test("every control of the catalogue that is an expression has cases of both kinds", () => {
  const ids = Object.keys(ADMISSION_CONTROLS).filter((id) => id !== "trusted-signer");
  expect(ids.filter((id) => !ADMISSION_CASES.some(({ control }) => control.id === id))).toEqual([]);
  for (const { cases } of ADMISSION_CASES)
    expect([...new Set(cases.map(({ admitted }) => admitted))].sort()).toEqual([false, true]);
});

test("every validation refuses something in a case", () => {
  const said = ADMISSION_CASES.flatMap(({ control, cases }) => {
    const objects = synth((chart) => new AdmissionPolicy(chart, "p", { control })) as unknown as RenderedObject[];
    const told = new Set(cases.flatMap((request) => refusals(objects, request)));
    return control.validations.filter(({ message }) => !told.has(message)).map(({ message }) => message);
  });
  expect(said).toEqual([]);
});
