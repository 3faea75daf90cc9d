import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createListener, json, messageOf } from "./listeners.ts";

/** A request whose body is the stream. */
function streaming(body: ReadableStream, given: RequestInit = {}) {
  const init = { method: "POST", headers: json, body, duplex: "half", ...given };
  return new Request("http://localhost/", init as RequestInit);
}

const bytes = new TextEncoder().encode(messageOf());

describe("a body", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  test("a body that stops is refused after 10 seconds, and leaves no timer", async () => {
    const { listener, failures } = createListener();
    const responding = listener(streaming(new ReadableStream({ start: (to) => to.enqueue(bytes) })));
    // Until the timer has been set.
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    vi.advanceTimersByTime(9_999);
    expect(failures).toEqual([]);
    vi.advanceTimersByTime(1);
    expect((await responding).status).toBe(408);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a complete body leaves no timer", async () => {
    const { listener } = createListener({ on: { other: async () => {} } });
    const response = await listener(
      new Request("http://localhost/", { method: "POST", headers: json, body: bytes }),
    );
    expect(response.status).toBe(204);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test.each([
  ["405", { method: "PUT" }],
  ["415", { headers: { "Content-Type": "text/plain" } }],
  ["413", { headers: { ...json, "Content-Length": "3000000" } }],
])("status %s is sent without reading the body", async (status, init) => {
  const pull = vi.fn();
  const body = new ReadableStream({ pull }, { highWaterMark: 0 });
  expect((await createListener().listener(streaming(body, init))).status).toBe(Number(status));
  expect(pull).not.toHaveBeenCalled();
});

test("a body that is too large is read up to twice the limit", async () => {
  let pulled = 0;
  const body = new ReadableStream(
    {
      pull: (to) => {
        pulled += 1;
        to.enqueue(new Uint8Array(1_000));
      },
    },
    { highWaterMark: 0 },
  );
  const { listener } = createListener({ maxBodyBytes: 2_500 });
  expect((await listener(streaming(body))).status).toBe(413);
  // A turn of the event loop, in which all would be read that were to be read.
  await new Promise((resolve) => setImmediate(resolve));
  expect(pulled).toBe(6);
});

test.each([
  ["breaks off", new ReadableStream({ pull: () => Promise.reject(new Error("reset")) })],
  ["does not consist of bytes", new ReadableStream({ start: (to) => to.enqueue("text") })],
])("a body that %s is refused", async (_, body) => {
  const { listener, failures } = createListener();
  expect((await listener(streaming(body))).status).toBe(400);
  expect(failures).toMatchObject([{ code: "BODY_INCOMPLETE" }]);
});

test.each([
  ["read", async (request: Request) => void (await request.text())],
  ["locked", async (request: Request) => void request.body?.getReader()],
])("a body that something %s before gives 500, and onError says what to do", async (_, before) => {
  const { listener, failures } = createListener();
  const request = new Request("http://localhost/", { method: "POST", headers: json, body: bytes });
  await before(request);
  expect((await listener(request)).status).toBe(500);
  expect(failures).toMatchObject([{ code: "BODY_ALREADY_READ" }]);
  expect(String(failures[0]?.error)).toContain("mount it before body parsers");
});
