import { expect, test } from "vitest";
import { createLegacyClient, createV1Client, createV2Client } from "../src/index.ts";
import { account, createService, secrets } from "./service.ts";

const options = () => ({ credentials: secrets, fetch: createService().fetch, retries: 0 });

test("A client of one generation has its operations and those of authentication only", () => {
  expect(Object.keys(createV1Client(options()))).toEqual(["v1", "auth", "authenticate", "close"]);
  expect(Object.keys(createV2Client(options()))).toEqual(["v2", "auth", "authenticate", "close"]);
  expect(Object.keys(createLegacyClient(options()))).toEqual(["legacy", "auth", "authenticate", "close"]);
});

test.each([
  { generation: "V1", call: () => createV1Client(options()).v1.listRegisteredCallbacks(account) },
  { generation: "V2", call: () => createV2Client(options()).v2.listRegisteredCallbacks(account) },
  { generation: "legacy", call: () => createLegacyClient(options()).legacy.getCallbacksUsingGet(account) },
])("A client of $generation gets its tokens and calls", async ({ call }) => {
  expect(await call()).toMatchObject({ ok: true, status: 200 });
});

test("A client of one generation without credentials sends nothing", async () => {
  await expect(createV2Client().v2.listRegisteredCallbacks(account)).rejects.toMatchObject({
    name: "ThingSpaceCredentialsError",
    reason: "missing",
    attempts: 0,
  });
});
