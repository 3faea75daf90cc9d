import { assertLinear } from "@thingspace-callbacks/test-support";
import { describe, expect, test } from "vitest";
import { demandRegistrable, type PreparedRegistration } from "../control/prepared-state.ts";
import { Refusal } from "../operations/refusal.ts";
import { routes } from "../operations/routes.ts";
import { createValidator } from "./validator.ts";

function operationOf(operationId: string, api = "control") {
  const route = routes.find(
    (candidate) => candidate.api === api && candidate.operation.operationId === operationId,
  );
  if (!route) throw new Error(`The documents have no ${operationId}`);
  return route.operation;
}

const putState = operationOf("putState");
const validateState = createValidator(putState);
const validate = (body: unknown) => validateState({ path: {}, query: {}, body });
const listOf = (size: number, item: (index: number) => unknown) => ({
  registrations: Array.from({ length: size }, (_, index) => item(index)),
});

test("A violation names the member of the list", () => {
  const right = { api: "v2", account: "a", url: "https://example.com" };
  const body = { registrations: [right, { ...right, url: 1, extra: 1 }], more: 1 };
  const violations = validate(body);
  expect(violations.count).toBe(3);
  expect(
    violations
      .describe()
      .split(" ")
      .filter((word) => word.endsWith(":")),
  ).toEqual(["more:", "registrations.1.url:", "registrations.1.extra:"]);
});

test("A very long name is shortened in the message", () => {
  expect(validate({ ["x".repeat(100_000)]: 1 }).describe().length).toBeLessThan(500);
});

test("Many wrong devices take time in proportion to their number", async () => {
  const validateUpgrade = createValidator(operationOf("playUpgrade"));
  const input = (size: number) => ({ api: "v2", account: "a", deviceIds: new Array(size).fill(1) });
  const run = (body: object) => validateUpgrade({ path: {}, query: {}, body }).describe();
  await assertLinear({ input, run, largestSize: 200_000 });
});

describe("Validation takes time in proportion to the body:", () => {
  test.each([
    { name: "empty registrations", body: (size: number) => listOf(size, () => ({})) },
    { name: "numbers instead of registrations", body: (size: number) => listOf(size, () => 1) },
    {
      name: "members that are not known",
      body: (size: number) =>
        Object.fromEntries(Array.from({ length: size }, (_, index) => [`x${index}`, 1])),
    },
    {
      name: "members of a registration that are not known",
      body: (size: number) =>
        listOf(1, () => Object.fromEntries(Array.from({ length: size }, (_, index) => [`x${index}`, 1]))),
    },
    { name: "a long url", body: (size: number) => listOf(1, () => ({ url: "a".repeat(size) })) },
    ...["://", "http://", "http://a@", "http://a:1", "http://[::", "%", "/", "?", " "].map((part) => ({
      name: `a url of many ${part}`,
      body: (size: number) => listOf(1, () => ({ url: part.repeat(size) })),
    })),
    ...["a", "a.", "a:", "@", "%41", "/", "?a", "1."].map((part) => ({
      name: `a url that begins well and has many ${part}`,
      body: (size: number) => listOf(1, () => ({ url: `http://${part.repeat(size)} ` })),
    })),
  ])("$name", async ({ body }) => {
    await assertLinear<object>({
      input: body,
      run: (value) => validate(value).describe(),
      largestSize: 200_000,
    });
  });

  test("registrations that are invalid and replace each other", async () => {
    const registration: PreparedRegistration = { api: "v1", account: "x", url: "https://example.com" };
    const run = (registrations: PreparedRegistration[]) => {
      expect(() => demandRegistrable(putState, registrations, () => false)).toThrow(Refusal);
    };
    await assertLinear({ input: (size) => new Array(size).fill(registration), run, largestSize: 50_000 });
  });
});
