import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { account, call } from "./call.ts";
import { useServer } from "./server.ts";

const folder = mkdtempSync(join(tmpdir(), "mock-remember-"));
afterAll(() => rmSync(folder, { recursive: true }));
const one = "https://example.com/one";
const two = "https://example.com/two";

interface Generation {
  api: string;
  list: string;
  remove: string;
  none: unknown;
  some: (url: string) => unknown;
  register: (url: string) => unknown;
  result: (url: string) => unknown;
}

const generations: Generation[] = [
  {
    api: "V1",
    list: `/api/fota/v1/callbacks/${account}`,
    remove: `/api/fota/v1/callbacks/${account}/name/Fota`,
    none: [],
    some: (url) => [{ aname: account, name: "Fota", url }],
    register: (url) => ({ name: "Fota", url, username: "u", password: "hunter2" }),
    result: () => ({ accountName: account, serviceName: "Fota" }),
  },
  {
    api: "legacy",
    list: `/legacy/api/fota/v1/callbacks/${account}`,
    remove: `/legacy/api/fota/v1/callbacks/${account}/name/Fota`,
    none: {},
    some: (url) => ({ aname: account, name: "Fota", url }),
    register: (url) => ({ name: "Fota", url, username: "u", password: "hunter2" }),
    result: () => ({ accountName: account, serviceName: "Fota" }),
  },
  {
    api: "V2",
    list: `/api/fota/v2/callbacks/${account}`,
    remove: `/api/fota/v2/callbacks/${account}`,
    none: {},
    some: (url) => ({ url }),
    register: (url) => ({ url }),
    result: (url) => ({ url }),
  },
];

const notRegistered = expect.objectContaining({ errorCode: "CALLBACK_NOT_REGISTERED" });

describe.each([
  ["in memory", {}],
  ["in a file", { store: join(folder, "store.db") }],
])("%s", (_where, options) => {
  const server = useServer(options);

  describe.each(generations)("$api", ({ list, remove, none, some, register, result }) => {
    test("A registration is listed, replaced and removed, without username and password", async () => {
      const { origin } = server;
      expect(await call(origin, "GET", list)).toMatchObject({ status: 200, body: none });
      expect(await call(origin, "DELETE", remove)).toMatchObject({ status: 400, body: notRegistered });
      expect((await call(origin, "POST", list, register(one))).body).toEqual(result(one));
      expect((await call(origin, "GET", list)).body).toEqual(some(one));
      expect((await call(origin, "POST", list, register(two))).body).toEqual(result(two));
      expect((await call(origin, "GET", list)).body).toEqual(some(two));
      expect(await call(origin, "DELETE", remove)).toMatchObject({ status: 200, body: { success: true } });
      expect((await call(origin, "GET", list)).body).toEqual(none);
      expect(await call(origin, "DELETE", remove)).toMatchObject({ status: 400, body: notRegistered });
    });
  });

  test("PUT in V2 registers and replaces", async () => {
    const path = "/api/fota/v2/callbacks/put";
    expect((await call(server.origin, "PUT", path, { url: one })).body).toEqual({ url: one });
    expect((await call(server.origin, "PUT", path, { url: two })).body).toEqual({ url: two });
    expect((await call(server.origin, "GET", path)).body).toEqual({ url: two });
  });

  test("V1 and legacy share a registration, V2 has its own", async () => {
    const shared = "0000000001-00001";
    const path = `callbacks/${shared}`;
    await call(server.origin, "POST", `/legacy/api/fota/v1/${path}`, { name: "Fota", url: one });
    expect((await call(server.origin, "GET", `/api/fota/v1/${path}`)).body).toMatchObject([{ url: one }]);
    expect((await call(server.origin, "GET", `/api/fota/v2/${path}`)).body).toEqual({});
    expect((await call(server.origin, "GET", "/api/fota/v1/callbacks/0000000002-00001")).body).toEqual([]);
  });

  test.each(["http://localhost:8080/x", "http://127.0.0.1/x", "http://[::1]:8080/x", "https://example.com"])(
    "V2 takes %s",
    async (url) => {
      const response = await call(server.origin, "PUT", "/api/fota/v2/callbacks/loopback", { url });
      expect(response).toMatchObject({ status: 200, body: { url } });
    },
  );

  test.each([
    "http://example.com",
    "http://127.0.0.1.example.com",
    "http://localhost@example.com",
    "http://10.0.0.1",
  ])("V2 refuses %s and names the hosts for which http is accepted", async (url) => {
    const response = await call(server.origin, "PUT", "/api/fota/v2/callbacks/loopback", { url });
    expect(response.status).toBe(400);
    expect(response.body.errorMessage).toMatch(
      /^url: must be an absolute https URL\. .*loopback hosts .*--allow-target/,
    );
  });
});

describe.each(generations)("with the option listCredentials, $api", ({ list, some, register }) => {
  const server = useServer({ listCredentials: true });
  const credentials = { username: "u", password: "hunter2" };

  test("A list has username and password if the generation registers them", async () => {
    await call(server.origin, "POST", list, register(one));
    const { body } = await call(server.origin, "GET", list);
    const [shown] = [some(one)].flat();
    const expected = list.includes("/v2/") ? shown : { ...(shown as object), ...credentials };
    expect([body].flat()).toEqual([expected]);
  });

  test("A list has neither username nor password if none was registered", async () => {
    await call(server.origin, "POST", list, { name: "Fota", url: two });
    expect((await call(server.origin, "GET", list)).body).toEqual(some(two));
  });
});

describe("a mock that may send to hosts by name", () => {
  const server = useServer({ allowTargets: ["listener", "listener.test:8080", "10.99.0.0/24"] });
  const put = (url: string) => call(server.origin, "PUT", "/api/fota/v2/callbacks/compose", { url });

  test.each([
    "http://listener/x",
    "http://LISTENER:8080/x",
    "http://listener.test:8080/x",
    "http://10.99.0.1:8080/x",
    "http://user:password@listener/x",
    "http://localhost:8080/x",
  ])("A mock with allowed hosts accepts %s in V2", async (url) => {
    expect(await put(url)).toMatchObject({ status: 200, body: { url } });
    const registrations = [{ api: "v2", account: "compose", url }];
    expect((await call(server.origin, "PUT", "/mock/state", { registrations })).status).toBe(200);
  });

  test.each([
    "http://listener.test/x",
    "http://listener.example.com/x",
    "http://listener@example.com/x",
    "http://10.99.1.1/x",
    "http://example.com/x",
  ])("A mock with allowed hosts refuses %s in V2", async (url) => {
    expect(await put(url)).toMatchObject({ status: 400, body: { errorCode: "INVALID_PARAMETER" } });
    const registrations = [{ api: "v2", account: "compose", url }];
    expect((await call(server.origin, "PUT", "/mock/state", { registrations })).status).toBe(400);
  });
});

describe.each([{ engine: "stateful" as const }, { engine: "prism" as const }])(
  "an optional member that is null, with the $engine engine",
  ({ engine }) => {
    const server = useServer({ engine });
    const v1 = `/api/fota/v1/callbacks/${account}`;

    test.each([v1, `/legacy${v1}`])("A null member counts as missing at %s", async (path) => {
      const registration = { name: "Fota", url: one, username: null, password: null };
      expect((await call(server.origin, "POST", path, registration)).status).toBe(200);
      const mixed = { ...registration, username: "u", unknown: null };
      expect((await call(server.origin, "POST", path, mixed)).status).toBe(200);
    });

    test.each([
      { path: v1, body: { name: "Fota", url: null }, member: "url" },
      { path: v1, body: { name: null, url: one }, member: "name" },
      { path: `/api/fota/v2/callbacks/${account}`, body: { url: null }, member: "url" },
      { path: "/api/m2m/v1/session/login", body: { username: "u", password: null }, member: "password" },
    ])(
      "A null member is refused by name at $path when $member is required",
      async ({ path, body, member }) => {
        const { status, body: refusal } = await call(server.origin, "POST", path, body);
        expect(status).toBe(400);
        expect(refusal.errorMessage).toMatch(new RegExp(`^${member}: `));
      },
    );
  },
);
