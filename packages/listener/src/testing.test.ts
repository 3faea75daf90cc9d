import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import { expect, test } from "vitest";
import { createCallbackListener } from "./index.ts";
import { createTestCallback } from "./testing.ts";

const credentials = { username: "me", password: "secret" };

test("the document's example of the type comes, with the members that are given", async () => {
  const callback = createTestCallback({
    api: "v1",
    type: "upgradeScheduled",
    ...credentials,
    message: { accountName: "1", participantName: undefined },
    url: "http://localhost/x",
    headers: { "X-A": "b" },
  });
  const { examples } = catalogue["v1"]?.webhooks[0]?.requestBody?.content["application/json"] ?? {};
  const example = examples?.["upgradeScheduled"]?.value as Record<string, unknown>;
  const { participantName: _, ...expected } = example;
  expect(callback.method).toBe("POST");
  expect(callback.url).toBe("http://localhost/x");
  expect(callback.headers.get("x-a")).toBe("b");
  expect(await callback.json()).toEqual({ ...expected, ...credentials, accountName: "1" });
});

test.each(["v1", "legacy"] as const)("a listener takes one of %s", async (api) => {
  const types: unknown[] = [];
  const other = ({ type }: { type?: string }) => types.push(type);
  const listener = createCallbackListener({ api, verify: credentials, on: { other } });
  for (const type of ["upgradeProgress", "somethingNew", undefined]) {
    expect((await listener(createTestCallback({ api, type, ...credentials }))).status).toBe(204);
  }
  expect(types).toEqual(["upgradeProgress", "somethingNew", "firmwareList"]);
});

test("a V2 message has a type only if one is given", async () => {
  expect(await createTestCallback({ api: "v2" }).json()).not.toHaveProperty("type");
  expect(await createTestCallback({ api: "v2", type: "x" }).json()).toHaveProperty("type", "x");
});

test("what cannot be is refused", () => {
  // @ts-expect-error there is no such API
  expect(() => createTestCallback({ api: "v3" })).toThrow("api must be one of v1, v2, legacy, not v3.");
  expect(() => createTestCallback({ api: "v2", ...credentials })).toThrow("v2 bring back no username");
  // @ts-expect-error there is no such member
  expect(() => createTestCallback({ api: "v2", typ: "x" })).toThrow("Did you mean type?");
});
