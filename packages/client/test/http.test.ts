import { expect, test } from "vitest";
import { createHttpClients } from "../src/http.ts";
import type { ThingSpaceClient } from "../src/index.ts";
import { account, createService, errorOf, refusal } from "./service.ts";

test("plain clients use the same tokens, retries and hooks", async () => {
  const service = createService({
    call: (_, count) => (count === 1 ? new Response("", { status: 401 }) : undefined),
  });
  const operations: string[] = [];
  const thingspace = service.client({ onRequest: ({ operationId }) => operations.push(operationId) });
  const { data, response } = await createHttpClients(thingspace).v2.GET("/callbacks/{account}", {
    params: { path: { account } },
  });
  expect([data, response.status]).toEqual([{}, 200]);
  expect(operations).toEqual([
    ...["requestToken", "logIn", "listRegisteredCallbacks"],
    ...["requestToken", "logIn", "listRegisteredCallbacks"],
  ]);
});

test("calls of plain clients can be aborted", async () => {
  const service = createService();
  const call = createHttpClients(service.client()).v2.GET("/callbacks/{account}", {
    params: { path: { account } },
    signal: AbortSignal.abort("enough"),
  });
  expect(await errorOf(call)).toBe("enough");
});

test("plain clients send the tokens nowhere else", async () => {
  const service = createService();
  const call = createHttpClients(service.client()).v2.GET("/callbacks/{account}", {
    params: { path: { account } },
    baseUrl: "https://elsewhere.example/api/fota/v2",
  });
  expect(await errorOf(call)).toBeInstanceOf(TypeError);
  expect(service.asked).toEqual([]);
});

test("plain clients keep their middleware from the named operations", async () => {
  const service = createService();
  const thingspace = service.client();
  createHttpClients(thingspace).v2.use({
    onRequest: ({ request }) => void request.headers.set("X-Mine", "1"),
  });
  await thingspace.v2.listRegisteredCallbacks(account);
  expect(service.asked.at(-1)?.request.headers.has("X-Mine")).toBe(false);
});

test("plain clients send bodies, and see refusals as they came", async () => {
  const service = createService({ call: () => refusal(400) });
  const { error, response } = await createHttpClients(service.client()).v2.POST("/callbacks/{account}", {
    params: { path: { account } },
    body: { url: "https://example.com/fota" },
  });
  expect(await service.asked.at(-1)?.request.json()).toEqual({ url: "https://example.com/fota" });
  expect([error, response.status]).toEqual([await refusal(400).json(), 400]);
});

test("plain clients are made of a client only", () => {
  const copy = { ...createService().client() } as ThingSpaceClient;
  expect(() => createHttpClients(copy)).toThrow(
    "The plain clients are made of what createThingSpaceClient gives.",
  );
});
