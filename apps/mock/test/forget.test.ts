import { beforeEach, expect, test } from "vitest";
import { account, call } from "./call.ts";
import { useServer } from "./server.ts";

// It waits minutes for the second attempt: a busy machine would see it otherwise.
const server = useServer({ sender: "documented" });
const control = (method: string, path: string, body?: unknown) =>
  call(server.origin, method, `/mock${path}`, body, {});

const registered = { api: "v1", account, url: "http://127.0.0.1:1/nobody" };

// One of each kind of thing that can be deleted; the delivery waits for its second attempt.
beforeEach(async () => {
  await server.mock.reset();
  await control("PUT", "/registrations", { registrations: [registered] });
  await control("POST", "/faults", { status: 500, operationId: "revokeToken" });
  await call(server.origin, "POST", "/api/m2m/v1/session/login", { username: "u", password: "p" });
  await control("POST", "/events", { api: "v1", account, type: "t" });
  await expect.poll(async () => (await counts()).requests).toBe(2);
});

async function counts() {
  const { registrations } = (await control("GET", "/state")).body;
  return {
    registrations: registrations.length,
    deliveries: (await control("GET", "/deliveries")).body.total,
    faults: (await control("GET", "/faults")).body.length,
    requests: (await control("GET", "/requests")).body.total,
  };
}

const everything = { registrations: 1, deliveries: 1, faults: 1, requests: 2 };

const parts = [
  { part: "registrations", path: "/registrations", body: { forgotten: 1 } },
  { part: "deliveries", path: "/deliveries", body: { forgotten: 1 } },
  { part: "faults", path: "/faults", body: [] },
  { part: "requests", path: "/requests", body: { forgotten: 2 } },
];

test.each(parts)("Deleting the $part deletes nothing else", async ({ part, path, body }) => {
  expect(await control("DELETE", path)).toMatchObject({ status: 200, body });
  expect(await counts()).toEqual({ ...everything, [part]: 0 });
});

test("A deleted delivery is not sent again", async () => {
  await control("DELETE", "/deliveries");
  await server.mock.idle();
  expect((await counts()).requests).toBe(everything.requests);
});

test("Deleting the tokens ends all sessions and deletes nothing else", async () => {
  expect((await control("DELETE", "/tokens")).body).toEqual({ forgotten: 1 });
  expect((await control("DELETE", "/tokens")).body).toEqual({ forgotten: 0 });
  expect(await counts()).toEqual(everything);
});

test("Loading registrations replaces nothing else, and an invalid load changes nothing", async () => {
  const other = { api: "v2", account: "0000123456-00001", url: "https://example.com/x" };
  const wrong = { registrations: [other, { ...other, url: "nowhere" }] };
  expect((await control("PUT", "/registrations", wrong)).status).toBe(400);
  expect((await control("GET", "/state")).body).toEqual({ registrations: [registered] });
  expect((await control("PUT", "/registrations", { registrations: [other] })).body).toEqual({
    registrations: [other],
  });
  expect(await counts()).toEqual(everything);
});
