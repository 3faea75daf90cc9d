import { expect, test } from "vitest";
import { createThingSpaceClient } from "../src/http.ts";
import type { ClientOptions } from "../src/index.ts";
import { account, createService, errorOf, type Responder, refusal, secrets } from "./service.ts";

const params = { path: { account } };

function clientWith({ call, ...options }: ClientOptions & { call?: Responder } = {}) {
  const service = createService(call ? { call } : {});
  const { fetch } = service;
  return {
    service,
    thingspace: createThingSpaceClient({ credentials: secrets, fetch, retries: 0, ...options }),
  };
}

test("Plain clients use the same tokens, retries and hooks", async () => {
  const operations: string[] = [];
  const { thingspace } = clientWith({
    call: (_, count) => (count === 1 ? new Response("", { status: 401 }) : undefined),
    onRequest: ({ operationId }) => operations.push(operationId),
  });
  const { data, response } = await thingspace.http.v2.GET("/callbacks/{account}", { params });
  expect([data, response.status]).toEqual([{}, 200]);
  expect(operations).toEqual([
    ...["requestToken", "logIn", "listRegisteredCallbacks"],
    ...["requestToken", "logIn", "listRegisteredCallbacks"],
  ]);
});

test("Plain clients send bodies and return refusals unchanged", async () => {
  const { service, thingspace } = clientWith({ call: () => refusal(400) });
  const body = { url: "https://example.com/fota" };
  const { error, response } = await thingspace.http.v2.POST("/callbacks/{account}", { params, body });
  expect(await service.asked.at(-1)?.request.json()).toEqual(body);
  expect([error, response.status]).toEqual([await refusal(400).json(), 400]);
});

test("Calls of plain clients can be aborted", async () => {
  const signal = AbortSignal.abort("enough");
  const call = clientWith().thingspace.http.v2.GET("/callbacks/{account}", { params, signal });
  expect(await errorOf(call)).toBe("enough");
});

test("Plain clients send no token to a URL that is not in the document", async () => {
  const { service, thingspace } = clientWith();
  const baseUrl = "https://elsewhere.example/api/fota/v2";
  const call = thingspace.http.v2.GET("/callbacks/{account}", { params, baseUrl });
  expect(await errorOf(call)).toMatchObject({ code: "INVALID_ARGUMENT", option: "path" });
  expect(service.asked).toEqual([]);
});

test("The middleware of plain clients does not change the named operations", async () => {
  const { service, thingspace } = clientWith();
  thingspace.http.v2.use({ onRequest: ({ request }) => void request.headers.set("X-Mine", "1") });
  await thingspace.v2.listRegisteredCallbacks(account);
  expect(service.asked.at(-1)?.request.headers.has("X-Mine")).toBe(false);
});

test("A client of the entry /http has registrations and validates its options", async () => {
  const { thingspace } = clientWith({ call: () => Response.json([]) });
  expect(await thingspace.registrations.list(account)).toEqual([]);
  expect(() => createThingSpaceClient({ retries: -1 })).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION", option: "retries" }),
  );
});
