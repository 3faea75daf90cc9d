import { createThingSpaceClient } from "@thingspace-callbacks/client";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { type MockMatchers, matchers } from "@thingspace-callbacks/mock/matchers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

declare module "vitest" {
  interface Matchers extends MockMatchers {}
}
expect.extend(matchers);
const account = "0000123456-00001";
let mock: Mock;
beforeAll(async () => {
  mock = await createMock();
});
afterAll(() => mock.close());
beforeEach(() => mock.reset());

const createClient = () =>
  createThingSpaceClient({
    environment: "mock",
    credentials: { accessToken: "any", sessionToken: "any" },
    fetch: mock.fetch,
  });

test("The application registers its URL", async () => {
  await createClient().v2.registerCallback(account, { url: "https://example.com/fota" });
  await expect(mock).toHaveReceived({ operationId: "registerCallback", account });
});

test("The client retries after 503", async () => {
  const fault = { operationId: "listRegisteredCallbacks", status: 503, times: 1 };
  await mock.fetch("http://mock/mock/faults", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fault),
  });
  expect((await createClient().v2.listRegisteredCallbacks(account)).ok).toBe(true);
});
