import { getGeneration } from "@thingspace-callbacks/contract";
import { expect, test } from "vitest";
import { createCallbackListener } from "./index.ts";
import { createTestCallback } from "./testing.ts";

const credentials = { username: "me", password: "secret" };

test("a test callback is the document's example of its type, with the given members", async () => {
  const callback = createTestCallback({
    api: "v1",
    type: "upgradeScheduled",
    ...credentials,
    message: { accountName: "1", participantName: undefined },
    url: "http://localhost/x",
    headers: { "X-A": "b" },
  });
  const { examples } = getGeneration("v1").message.body;
  const example = examples["upgradeScheduled"]?.value as Record<string, unknown>;
  const { participantName: _, ...expected } = example;
  expect(callback.method).toBe("POST");
  expect(callback.url).toBe("http://localhost/x");
  expect(callback.headers.get("x-a")).toBe("b");
  expect(await callback.json()).toEqual({ ...expected, ...credentials, accountName: "1" });
});

test.each(["v1", "legacy"] as const)("a listener accepts test callbacks of %s", async (api) => {
  const types: unknown[] = [];
  const other = ({ type }: { type?: string }) => types.push(type);
  const listener = createCallbackListener({ api, verify: credentials, on: { other } });
  for (const type of ["upgradeProgress", "somethingNew", undefined]) {
    expect((await listener(createTestCallback({ api, type, ...credentials }))).status).toBe(204);
  }
  const type = getGeneration(api).message.types[0]?.type;
  expect(types).toEqual(["upgradeProgress", "somethingNew", type]);
});

test("a test callback of V2 has a type only if one is given", async () => {
  expect(await createTestCallback({ api: "v2" }).json()).not.toHaveProperty("type");
  expect(await createTestCallback({ api: "v2", type: "x" }).json()).toHaveProperty("type", "x");
});

test.each([
  { name: "an unknown api", callback: { api: "v9" }, option: "api", code: "INVALID_OPTION" },
  {
    name: "credentials for V2",
    callback: { api: "v2", ...credentials },
    option: "username",
    code: "INVALID_OPTION",
  },
  { name: "an unknown member", callback: { api: "v2", typ: "x" }, option: "typ", code: "UNKNOWN_OPTION" },
])("a test callback with $name is refused by the option's name", ({ callback, ...refused }) => {
  const create = createTestCallback as (callback: unknown) => Request;
  expect(() => create(callback)).toThrow(
    expect.objectContaining({ code: refused.code, option: refused.option }),
  );
});

// Checked by the compiler; not run.
export function types() {
  // @ts-expect-error there is no such API
  createTestCallback({ api: "v9" });
  // @ts-expect-error there is no such member
  createTestCallback({ api: "v2", typ: "x" });
}
