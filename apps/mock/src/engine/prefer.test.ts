import { assertLinear } from "@thingspace-callbacks/test-support";
import { expect, test } from "vitest";
import { Refusal } from "../operations/refusal.ts";
import { routes } from "../operations/routes.ts";
import { asksForDocumented, parsePreference } from "./prefer.ts";

const operation = routes[0]?.operation;
if (!operation) throw new Error("The documents have no operation");

test.each([
  { header: "code=400", preference: { code: 400, dynamic: false } },
  { header: 'Code="400"; dynamic=true', preference: { code: 400, dynamic: true } },
  { header: "respond-async, wait=10, code  =  401", preference: { code: 401, dynamic: false } },
  { header: "dynamic=false code=200", preference: { code: 200, dynamic: false } },
  { header: "wait=10, barcode=1, code=", preference: { dynamic: false } },
])("The header Prefer: $header is parsed", ({ header, preference }) => {
  expect(parsePreference(operation, header)).toEqual(preference);
});

test.each([
  { header: "code=400", expected: true },
  { header: "respond-async, EXAMPLE = x", expected: true },
  { header: "wait=10", expected: false },
  { header: "decode=1", expected: false },
])("$header requests a documented response: $expected", ({ header, expected }) => {
  expect(asksForDocumented(header)).toBe(expected);
});

test.each(["a", "a=", "=", " ", ",", "code ", 'code="', "code=,"])(
  "A Prefer header of many %j is read in linear time",
  async (part) => {
    const run = (header: string) => {
      asksForDocumented(header);
      try {
        parsePreference(operation, header);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    };
    // Node.js takes no longer headers.
    await assertLinear({ input: (size) => part.repeat(size / part.length), run, largestSize: 16_000 });
  },
);
