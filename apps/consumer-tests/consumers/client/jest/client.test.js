const { createThingSpaceClient, unwrap } = require("@thingspace-callbacks/client");
const { createThingSpaceClient: createWithHttp } = require("@thingspace-callbacks/client/http");

const options = {
  credentials: { accessToken: "any", sessionToken: "any" },
  fetch: async () => Response.json([]),
};

test("the client lists callbacks", async () => {
  const thingspace = createThingSpaceClient(options);
  expect(unwrap(await thingspace.v1.listRegisteredCallbacks("0242078689-00001"))).toEqual([]);
});

test("the client with plain clients is loaded", () => {
  expect(createWithHttp(options).http.v1).toBeDefined();
});
