import { expect, test } from "vitest";
import { call } from "./call.ts";
import { useServer } from "./server.ts";

const server = useServer();

test.each([
  "/api/fota/v1/upgrades/0242078689-00001",
  "/api/fota/v2/campaigns/0242078689-00001",
  "/api/fota/v3/licenses",
  "/api/m2m/v1/devices/actions/list",
])("%s is a path of ThingSpace that is not emulated, and the response says so", async (path) => {
  expect(await call(server.origin, "GET", path)).toMatchObject({
    status: 501,
    body: {
      errorCode: "NOT_IMPLEMENTED",
      errorMessage: expect.stringContaining(
        `${path} is a path of ThingSpace that this mock does not emulate`,
      ),
    },
  });
});

test.each(["/api/fota/v1/upgradesx", "/api/fota/v2/firmware", "/api/fota/v9", "/nothing"])(
  "%s does not exist",
  async (path) => {
    expect(await call(server.origin, "GET", path)).toMatchObject({
      status: 404,
      body: { errorMessage: expect.stringMatching(/^No route matches/) },
    });
  },
);

test("An emulated operation beside them works", async () => {
  const login = await call(server.origin, "POST", "/api/m2m/v1/session/login", {
    username: "u",
    password: "p",
  });
  expect(login.status).toBe(200);
});

test("What is emulated is listed for each API", async () => {
  const { body } = await call(server.origin, "GET", "/mock/support", undefined, {});
  expect(body.apis.map(({ name }: { name: string }) => name)).toEqual(["v1", "v2", "v3", "legacy", "auth"]);
  const [v1] = body.apis;
  expect(v1.operations).toContainEqual({
    operationId: "registerCallback",
    method: "POST",
    path: "/api/fota/v1/callbacks/{account}",
    engine: "stateful",
  });
  expect(v1.notEmulated).toContain("/api/fota/v1/upgrades");
});
