const { createThingSpaceClient } = require("@thingspace-callbacks/client");
const { createMock } = require("@thingspace-callbacks/mock");
const { matchers } = require("@thingspace-callbacks/mock/matchers");

expect.extend(matchers);
const account = "0000123456-00001";
let mock;
beforeAll(async () => {
  mock = await createMock();
});
afterAll(() => mock.close());

test("The application registers its URL", async () => {
  const thingspace = createThingSpaceClient({
    environment: "mock",
    credentials: { accessToken: "any", sessionToken: "any" },
    fetch: mock.fetch,
  });
  await thingspace.v2.registerCallback(account, { url: "https://example.com/fota" });
  await expect(mock).toHaveReceived({ operationId: "registerCallback", account });
});
