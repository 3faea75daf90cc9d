import { expect, test } from "vitest";
import { type LambdaEvent, toLambdaHandler } from "../src/lambda.ts";
import { createListener, json, messageOf } from "./listeners.ts";

/** An event of a function URL, as AWS documents payload format 2.0; an HTTP API's has the same members. */
function createEvent(body: string, members: Partial<LambdaEvent> = {}): LambdaEvent {
  return {
    rawPath: "/callbacks",
    rawQueryString: "",
    headers: { "content-type": "application/json" },
    requestContext: { http: { method: "POST", sourceIp: "192.0.2.1" } },
    body,
    isBase64Encoded: false,
    ...members,
  };
}

test("a message is handled, whether its body is text or Base64", async () => {
  const { listener, handled } = createListener();
  const handle = toLambdaHandler(listener);
  const body = messageOf({ text: "ü 漢" });
  const encoded = Buffer.from(body).toString("base64");
  for (const event of [createEvent(body), createEvent(encoded, { isBase64Encoded: true })]) {
    expect(await handle(event)).toEqual({ statusCode: 204, headers: {}, body: "" });
  }
  expect(handled.mock.calls.map(([message]) => message.text)).toEqual(["ü 漢", "ü 漢"]);
});

test("handlers receive the URL, the headers and the address of the event", async () => {
  const { listener, handled } = createListener({
    allowedAddresses: ["192.0.2.1"],
    clientAddress: ({ remoteAddress }: { remoteAddress: string }) => remoteAddress,
  });
  await toLambdaHandler(listener)(createEvent(messageOf(), { rawQueryString: "a=b" }));
  const [, { url, headers, remoteAddress }] = handled.mock.calls[0] ?? [];
  expect([url, headers.get("Content-Type"), remoteAddress]).toEqual([
    "/callbacks?a=b",
    json["Content-Type"],
    "192.0.2.1",
  ]);
});

test.each([
  { of: "a forged message", event: createEvent(messageOf({ password: "wrong" })), status: 401 },
  {
    of: "another method",
    event: createEvent("", { requestContext: { http: { method: "PUT", sourceIp: "" } } }),
    status: 405,
  },
  { of: "a body that is too large", event: createEvent("x".repeat(3_000_000)), status: 413 },
  { of: "no body", event: { ...createEvent(""), body: undefined }, status: 400 },
  { of: "a body that is not Base64", event: createEvent("{", { isBase64Encoded: true }), status: 400 },
])("$of is refused", async ({ event, status }) => {
  const { listener, handled } = createListener();
  const result = await toLambdaHandler(listener)(event);
  expect(result.statusCode).toBe(status);
  expect(JSON.parse(result.body)).toEqual({ error: expect.any(String) });
  expect(handled).not.toHaveBeenCalled();
});

test("an event of another format rejects with an error that names the right one", async () => {
  const event = { httpMethod: "POST", path: "/", headers: {}, body: "", requestContext: {} };
  await expect(toLambdaHandler(createListener().listener)(event as never)).rejects.toThrow(TypeError);
});
