const { createServer } = require("node:http");
const { createMock } = require("@thingspace-callbacks/mock");
const { matchers } = require("@thingspace-callbacks/mock/matchers");

expect.extend(matchers);
const account = "0242078689-00001";
const listener = createServer((_request, response) => response.writeHead(204).end());
let mock;
beforeAll(async () => {
  mock = await createMock();
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${listener.address().port}/fota`;
  await mock.fetch(`http://mock/api/fota/v1/callbacks/${account}`, {
    method: "POST",
    headers: { Authorization: "Bearer any", "VZ-M2M-Token": "any", "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Fota", url }),
  });
  await mock.deliverEvent({ api: "v1", account, type: "upgradeScheduled" });
});
afterAll(async () => {
  await mock.close();
  listener.close();
});

test("toHaveReceived passes for a request as expected", async () => {
  await expect(mock).toHaveReceived({ operationId: "registerCallback", body: { name: "Fota" } });
  await expect(mock).not.toHaveReceived({ operationId: "deregisterCallback" });
});

test("toHaveReceived names the closest request when it fails", async () => {
  const expectation = { operationId: "registerCallback", body: { name: "Other" } };
  await expect(expect(mock).toHaveReceived(expectation)).rejects.toThrow(/closest: POST .*"Other".*"Fota"/s);
});

test("toHaveDelivered passes for a delivered message", async () => {
  await expect(mock).toHaveDelivered({ account, type: "upgradeScheduled" });
});
