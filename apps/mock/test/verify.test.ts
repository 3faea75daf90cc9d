import { beforeAll, expect, test } from "vitest";
import { account, call } from "./call.ts";
import { useServer } from "./server.ts";

const server = useServer();
const path = `/api/fota/v1/callbacks/${account}`;
const verify = (expected: object[], inOrder = false) =>
  call(server.origin, "POST", "/mock/verify", { expected, inOrder }, {});

beforeAll(async () => {
  await call(server.origin, "GET", path);
  await call(server.origin, "POST", path, { name: "Fota", url: "https://example.com/a" });
  await call(server.origin, "POST", path, { name: "Fota", url: "https://example.com/b", password: "p" });
  await call(server.origin, "DELETE", `${path}/name/Fota`);
});

test.each([
  { expected: { operationId: "registerCallback" } },
  { expected: { operationId: "registerCallback", count: 2 } },
  { expected: { operationId: "registerCallback", body: { url: "https://example.com/a" }, count: 1 } },
  { expected: { api: "v1", account, atLeast: 3, atMost: 5 } },
  { expected: { api: "v2", count: 0 } },
  { expected: { api: "v2", atMost: 3 } },
  { expected: { direction: "in", status: "2xx", operationId: "listRegisteredCallbacks" } },
])("$expected is verified", async ({ expected }) => {
  expect(await verify([expected])).toMatchObject({ status: 200, body: { verified: true } });
});

test("Too few matches are answered with the requests that come closest, and their differences", async () => {
  const { body } = await verify([
    { operationId: "registerCallback", body: { url: "https://example.com/c" } },
  ]);
  expect(body).toMatchObject({
    verified: false,
    results: [
      {
        verified: false,
        matched: 0,
        problem: "expected at least 1, but 0 matched",
        nearest: [
          {
            request: { operationId: "registerCallback" },
            differences: [
              { member: "body.url", expected: "https://example.com/c", actual: "https://example.com/b" },
            ],
          },
          { differences: [{ member: "body.url", actual: "https://example.com/a" }] },
          { differences: expect.any(Array) },
        ],
      },
    ],
  });
});

test("Too many matches are told, without near misses", async () => {
  const { body } = await verify([{ operationId: "registerCallback", atMost: 1 }]);
  expect(body.results).toEqual([
    { verified: false, matched: 2, problem: "expected at most 1, but 2 matched", nearest: [] },
  ]);
});

test("The order is verified if it is asked for", async () => {
  const list = { operationId: "listRegisteredCallbacks" };
  const register = { operationId: "registerCallback", body: { url: "https://example.com/b" } };
  expect((await verify([list, register], true)).body.verified).toBe(true);
  expect((await verify([register, list], false)).body.verified).toBe(true);
  const wrong = (await verify([register, list], true)).body;
  expect(wrong.results[1]).toMatchObject({
    verified: false,
    problem: "none of them came after that of expected.0",
  });
});

test("A secret cannot be verified", async () => {
  const { body } = await verify([{ operationId: "registerCallback", body: { password: "p" } }]);
  expect(body.results[0].nearest[0].differences).toEqual([
    { member: "body.password", expected: "p", actual: "[redacted]" },
  ]);
});

test.each([
  { body: { expected: [] }, message: /^expected: must NOT have fewer than 1 items/ },
  {
    body: { expected: [{ operation: "x" }] },
    message: /^expected\.0\.operation: is not known; known are api,/,
  },
  {
    body: { expected: [{ count: 1, atMost: 2 }] },
    message: /^expected\.0\.count: must not be given with atLeast or atMost\.$/,
  },
  { body: { expected: [{ status: "OK" }] }, message: /^expected\.0\.status: must be a status such as 503/ },
])("$body is refused", async ({ body, message }) => {
  expect(await call(server.origin, "POST", "/mock/verify", body, {})).toMatchObject({
    status: 400,
    body: { errorMessage: expect.stringMatching(message) },
  });
});
