import { expect, test } from "vitest";
import { createLegacyClient, createV1Client, createV2Client } from "../src/index.ts";
import { account, createService, secrets } from "./service.ts";

const options = () => ({ credentials: secrets, fetch: createService().fetch, retries: 0 });

test("a client of one generation has its operations and those of authentication only", () => {
  expect(Object.keys(createV1Client(options()))).toEqual(["v1", "auth", "authenticate", "close"]);
  expect(Object.keys(createV2Client(options()))).toEqual(["v2", "auth", "authenticate", "close"]);
  expect(Object.keys(createLegacyClient(options()))).toEqual(["legacy", "auth", "authenticate", "close"]);
});

test.each([
  ["V1", () => createV1Client(options()).v1.listRegisteredCallbacks(account)],
  ["V2", () => createV2Client(options()).v2.listRegisteredCallbacks(account)],
  ["legacy", () => createLegacyClient(options()).legacy.getCallbacksUsingGet(account)],
])("a client of %s gets its tokens and calls", async (_, call) => {
  expect(await call()).toMatchObject({ ok: true, status: 200 });
});

test("without options it sends nothing", async () => {
  await expect(createV2Client().v2.listRegisteredCallbacks(account)).rejects.toMatchObject({
    name: "ThingSpaceCredentialsError",
    attempts: 0,
  });
});
