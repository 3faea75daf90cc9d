const { createCallbackListener } = require("@thingspace-callbacks/listener");
const { createTestCallback } = require("@thingspace-callbacks/listener/testing");

test("the listener refuses a callback without the path's secret", async () => {
  const listener = createCallbackListener({
    api: "v2",
    verify: { pathSecret: "a-secret-of-the-path-that-is-long" },
    on: { other: () => {} },
  });
  expect((await listener(createTestCallback({ api: "v2" }))).status).toBe(401);
});
