import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type CallbackRequest,
  createCallbackListener,
  createMemorySeenStore,
  toNodeHandler,
} from "../src/index.ts";
import { adapters, node, sendTo, serve } from "./adapters.ts";
import { callback, createListener, credentials, json, messageOf, pathSecret, post } from "./listeners.ts";

/** Creates a promise that the test settles. */
function deferred() {
  let resolve = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

describe.each(adapters)("through $adapter", ({ send }) => {
  test("each documented type reaches its handler, and every other type reaches other", async () => {
    const reached: unknown[] = [];
    const listener = createCallbackListener({
      api: "v1",
      verify: credentials,
      on: {
        firmwareList: ({ firmwareList }) => reached.push(["firmwareList", firmwareList?.[0]?.model]),
        upgradeScheduled: ({ upgradeScheduled }) =>
          reached.push(["upgradeScheduled", upgradeScheduled?.startDate]),
        upgradeProgress: ({ type }) => reached.push(["upgradeProgress", type]),
        upgradeFinished: ({ type }) => reached.push(["upgradeFinished", type]),
        other: ({ type }) => reached.push(["other", type]),
      },
    });
    const types = ["firmwareList", "upgradeScheduled", "upgradeProgress", "upgradeFinished", "somethingNew"];
    for (const type of types) {
      expect((await send(listener, await callback({ api: "v1", type }))).status).toBe(204);
    }
    for (const type of ["", "other", "constructor", "__proto__", "toString", undefined]) {
      expect((await send(listener, post(messageOf({ type })))).status).toBe(204);
    }
    expect(reached).toEqual([
      ["firmwareList", "Model-A"],
      ["upgradeScheduled", "2018-04-01T16:03:00.000Z"],
      ["upgradeProgress", "upgradeProgress"],
      ["upgradeFinished", "upgradeFinished"],
      ["other", "somethingNew"],
      ...["", "other", "constructor", "__proto__", "toString", undefined].map((type) => ["other", type]),
    ]);
  });

  test("a message without a handler is acknowledged, and onError is told its type", async () => {
    const { listener, failures } = createListener({ on: { upgradeScheduled: () => {} } });
    for (const type of ["upgradeProgress", undefined, "line\nbreak"]) {
      expect((await send(listener, post(messageOf({ type })))).status).toBe(204);
    }
    expect(failures).toMatchObject(Array(3).fill({ code: "NO_HANDLER", status: 204 }));
    expect(failures.map(({ error }) => (error as Error).message)).toEqual([
      "there is no handler for the type upgradeProgress",
      "there is no handler for messages without a type",
      "there is no handler for this type",
    ]);
  });

  test("a message that contradicts its document does not reach the handler of its type", async () => {
    const [upgradeProgress, other] = [vi.fn(), vi.fn()];
    const { listener } = createListener({ on: { upgradeProgress, other } });
    for (const accountName of [5, "0242078689-00001"]) {
      expect((await send(listener, post(messageOf({ accountName })))).status).toBe(204);
    }
    expect(other.mock.calls).toMatchObject([[{ accountName: 5 }, {}]]);
    expect(upgradeProgress.mock.calls).toMatchObject([[{ accountName: "0242078689-00001" }, {}]]);
  });

  test("a message that contradicts its document is acknowledged also when no handler remains", async () => {
    const upgradeProgress = vi.fn();
    const { listener, failures } = createListener({ on: { upgradeProgress } });
    expect((await send(listener, post(messageOf({ accountName: 5 })))).status).toBe(204);
    expect(failures.map(({ code }) => code)).toEqual(["UNDOCUMENTED_MESSAGE", "NO_HANDLER"]);
    expect(upgradeProgress).not.toHaveBeenCalled();
  });

  test("with probe, GET and HEAD get 204, and other methods are refused", async () => {
    const { listener, handled, failures } = createListener({ probe: true });
    for (const method of ["GET", "HEAD"]) {
      expect((await send(listener, { method, path: "/x" })).status).toBe(204);
    }
    expect(failures).toEqual([]);
    const refused = await send(listener, { method: "PUT" });
    expect(refused.status).toBe(405);
    expect(refused.headers.get("Allow")).toBe("GET, HEAD, POST");
    expect((await send(listener, post(messageOf()))).status).toBe(204);
    expect(handled).toHaveBeenCalledOnce();
  });

  test("with probe, an address that is not allowed is refused", async () => {
    const { listener } = createListener({
      probe: true,
      allowedAddresses: ["192.0.2.1"],
      clientAddress: () => "192.0.2.2",
    });
    expect((await send(listener, { method: "GET" })).status).toBe(403);
  });

  test("every V2 message reaches other", async () => {
    const handled = vi.fn();
    const listener = createCallbackListener({ api: "v2", verify: { pathSecret }, on: { other: handled } });
    const sent = { headers: json, path: `/${pathSecret}`, body: '{"id":"1","type":"upgradeProgress"}' };
    expect((await send(listener, sent)).status).toBe(204);
    expect(handled.mock.calls[0]?.[0]).toEqual({ id: "1", type: "upgradeProgress" });
  });

  test("a message is acknowledged only when its handler has finished", async () => {
    const [started, finish] = [deferred(), deferred()];
    const { listener } = createListener({
      on: {
        other: async () => {
          started.resolve();
          await finish.promise;
        },
      },
    });
    const responded = vi.fn();
    const sending = send(listener, post(messageOf())).then(responded);
    await started.promise;
    // One turn of the event loop, in which a response that did not wait would arrive.
    await new Promise((resolve) => setImmediate(resolve));
    expect(responded).not.toHaveBeenCalled();
    finish.resolve();
    await sending;
    expect(responded).toHaveBeenCalledWith(expect.objectContaining({ status: 204 }));
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("full disk");
      },
    ],
    ["rejects", async () => Promise.reject(new Error("full disk"))],
  ])("a handler that %s gives 500, and onError the cause", async (_, other) => {
    const { listener, failures } = createListener({ on: { other } });
    const response = await send(listener, post(messageOf(), { path: "/fota" }));
    expect(response.status).toBe(500);
    expect(failures).toMatchObject([
      {
        code: "HANDLER_FAILED",
        status: 500,
        error: expect.objectContaining({ message: "full disk" }),
        request: { method: "POST" },
      },
    ]);
    expect(failures[0]?.request.url).toMatch(/\/fota$/);
  });

  test("a handler that rejects without a reason gives 500", async () => {
    const { listener } = createListener({ on: { other: () => Promise.reject() } });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
  });

  test("a verify function that takes too long gives 401, and onError is told the limit", async () => {
    const { listener, failures } = createListener({
      verify: () => new Promise<boolean>(() => {}),
      handlerTimeoutMs: 1,
    });
    expect((await send(listener, post(messageOf()))).status).toBe(401);
    expect(failures).toMatchObject([{ code: "NOT_VERIFIED", status: 401 }]);
    expect(String(failures[0]?.error)).toContain("handlerTimeoutMs, 1 ms");
  });

  test("a handler that takes too long gives 503, and onError receives what it throws later", async () => {
    const finish = deferred();
    const { listener, failures } = createListener({
      on: { other: () => finish.promise },
      handlerTimeoutMs: 1,
    });
    expect((await send(listener, post(messageOf()))).status).toBe(503);
    expect(failures).toMatchObject([{ code: "HANDLER_TIMEOUT", status: 503 }]);
    expect(String(failures[0]?.error)).toContain("handlerTimeoutMs, 1 ms");
    finish.reject(new Error("too late"));
    await expect.poll(() => failures.length).toBe(2);
    expect(failures[1]).toMatchObject({
      code: "HANDLER_TIMEOUT",
      status: 503,
      error: { message: "too late" },
    });
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("log is full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("log is full"))],
  ])("an onError that %s does not change the response", async (_, onError) => {
    const { listener } = createListener({ on: { other: () => Promise.reject(new Error()) }, onError });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
    expect((await send(listener, post("{}"))).status).toBe(401);
  });

  test("handlers and verify receive the request and the unchanged body", async () => {
    const verify = vi.fn((_message: unknown, _request: CallbackRequest) => true);
    const other = vi.fn(verify);
    const { listener } = createListener({ verify, on: { other } });
    const body = messageOf();
    await send(listener, post(body, { path: "/a?b=c", headers: { ...json, "X-Signature": "s" } }));
    for (const { calls } of [verify.mock, other.mock]) {
      const [message, request] = calls[0] ?? [];
      expect(message).toEqual(JSON.parse(body));
      expect(request?.url).toMatch(/\/a\?b=c$/);
      expect(request?.headers.get("x-signature")).toBe("s");
      expect(request?.headers.get("x-nothing")).toBeNull();
      expect(new TextDecoder().decode(request?.body)).toBe(body);
    }
  });
});

describe("without onError", () => {
  const [error, warn] = [vi.fn(), vi.fn()];
  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(error);
    vi.spyOn(console, "warn").mockImplementation(warn);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    error.mockReset();
    warn.mockReset();
  });

  test("what a handler threw is written to console.error", async () => {
    const { listener } = createListener({
      on: { other: () => Promise.reject(new Error("full disk")) },
      onError: undefined,
    });
    await node.send(listener, post(messageOf()));
    expect(error.mock.calls).toMatchObject([
      [expect.stringContaining("HANDLER_FAILED"), expect.objectContaining({ message: "full disk" })],
    ]);
    expect(warn).not.toHaveBeenCalled();
  });

  test("refused and dropped messages leave one line for each cause, without secrets", async () => {
    const { listener } = createListener({
      on: { upgradeScheduled: () => {} },
      onError: undefined,
      strict: true,
    });
    const { listener: elsewhere } = createListener({
      onError: undefined,
      allowedAddresses: ["192.0.2.1"],
      clientAddress: () => "192.0.2.2",
    });
    for (let count = 0; count < 2; count += 1) {
      await node.send(listener, post(messageOf({ password: "wrong" })));
      await node.send(listener, post(messageOf(), { headers: { "Content-Type": "text/plain" } }));
      await node.send(listener, post(messageOf({ accountName: 5 })));
      await node.send(listener, post(messageOf({ type: "oneThing" })));
      await node.send(listener, post(messageOf({ type: "another" })));
      await node.send(elsewhere, post(messageOf()));
    }
    const lines = warn.mock.calls.map(([line]) => String(line));
    const codes = ["NOT_VERIFIED", "UNSUPPORTED_MEDIA_TYPE", "UNDOCUMENTED_MESSAGE", "NO_HANDLER"];
    expect(lines.map((line) => /\((\w+)\)/.exec(line)?.[1])).toEqual([
      ...codes,
      "NO_HANDLER",
      "ADDRESS_NOT_ALLOWED",
    ]);
    for (const secret of [credentials.password, "wrong", "192.0.2.2"]) {
      expect(lines.join()).not.toContain(secret);
    }
    expect(error).not.toHaveBeenCalled();
  });
});

/** Creates a handler that finishes when the test says so. */
function createHandler() {
  const [started, finish] = [deferred(), deferred()];
  const other = vi.fn(() => {
    started.resolve();
    return finish.promise;
  });
  return { other, started: started.promise, finish };
}

/** Creates a memory store whose calls are recorded. */
function createStore() {
  const store = createMemorySeenStore();
  const [claim, commit] = [vi.spyOn(store, "claim"), vi.spyOn(store, "commit")];
  return { store, claim, commit };
}

describe.each(adapters)("with a seen store, through $adapter", ({ send }) => {
  test("a repeat is acknowledged and not handled again", async () => {
    const { listener, handled } = createListener({ seen: { store: createMemorySeenStore() } });
    for (let count = 0; count < 3; count += 1) {
      expect((await send(listener, post(messageOf()))).status).toBe(204);
    }
    await send(listener, post(messageOf({ accountName: "another" })));
    expect(handled).toHaveBeenCalledTimes(2);
  });

  test("a repeat with another callbackCount and other white space is not handled again", async () => {
    const { listener, handled } = createListener({ seen: { store: createMemorySeenStore() } });
    const bodies = [
      messageOf({ a: 1, callbackCount: 1 }),
      messageOf({ callbackCount: 2, a: 1 }),
      JSON.stringify(JSON.parse(messageOf({ a: 1 })), undefined, 2),
    ];
    for (const body of bodies) expect((await send(listener, post(body))).status).toBe(204);
    expect(handled).toHaveBeenCalledOnce();
    const nested = [1, 2].map((callbackCount) => messageOf({ a: { callbackCount } }));
    for (const body of nested) await send(listener, post(body));
    expect(handled).toHaveBeenCalledTimes(3);
  });

  test("a key of your own decides what a repeat is, and the store receives a short key", async () => {
    const { store, claim } = createStore();
    const key = ({ id }: { id: string }, { headers }: CallbackRequest) => `${id} ${headers.get("X-Try")}`;
    const { listener, handled } = createListener({ seen: { store, key } });
    const long = "x".repeat(10_000);
    for (const { id, attempt } of [
      { id: long, attempt: "1" },
      { id: long, attempt: "1" },
      { id: long, attempt: "2" },
      { id: "other", attempt: "1" },
    ]) {
      const headers = { ...json, "X-Try": attempt };
      await send(listener, post(messageOf({ id, random: Math.random() }), { headers }));
    }
    expect(handled).toHaveBeenCalledTimes(3);
    for (const [given] of claim.mock.calls) expect(given).toMatch(/^[!-~]{1,100}$/);
  });

  test.each([
    {
      name: "throws an error",
      key: () => {
        throw new Error("no id");
      },
    },
    { name: "returns undefined", key: () => undefined },
    { name: "returns a promise", key: async () => "id" },
  ])("a key that $name gives 500, and nothing is handled", async ({ key }) => {
    const { listener, handled, failures } = createListener({ seen: { store: createMemorySeenStore(), key } });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
    expect(failures).toMatchObject([{ code: "SEEN_FAILED", status: 500 }]);
    expect(handled).not.toHaveBeenCalled();
  });

  test("a message whose handler failed is handled when it is sent again", async () => {
    const other = vi.fn().mockRejectedValueOnce(new Error("full disk")).mockResolvedValue(undefined);
    const { listener } = createListener({ seen: { store: createMemorySeenStore() }, on: { other } });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await send(listener, post(messageOf()))).status);
    }
    expect(statuses).toEqual([500, 204, 204]);
    expect(other).toHaveBeenCalledTimes(2);
  });

  test("a repeat that arrives while the first is being handled waits, and both are acknowledged", async () => {
    const { other, started, finish } = createHandler();
    const { store, claim } = createStore();
    const { listener } = createListener({ seen: { store }, on: { other } });
    const first = send(listener, post(messageOf({ callbackCount: 1 })));
    await started;
    const second = send(listener, post(messageOf({ callbackCount: 2 })));
    await expect.poll(() => claim.mock.calls.length).toBeGreaterThan(2);
    finish.resolve();
    expect([(await first).status, (await second).status]).toEqual([204, 204]);
    expect(other).toHaveBeenCalledOnce();
  });

  test("a repeat that waits handles the message itself when the first has failed", async () => {
    const { other, started, finish } = createHandler();
    const { store, claim } = createStore();
    const { listener } = createListener({ seen: { store }, on: { other } });
    const first = send(listener, post(messageOf()));
    await started;
    const second = send(listener, post(messageOf()));
    await expect.poll(() => claim.mock.calls.length).toBeGreaterThan(2);
    other.mockResolvedValue(undefined);
    finish.reject(new Error("full disk"));
    expect([(await first).status, (await second).status]).toEqual([500, 204]);
    expect(other).toHaveBeenCalledTimes(2);
  });

  test("a repeat gets 503 when the first takes longer than handlerTimeoutMs", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { other, started, finish } = createHandler();
    const { store, claim, commit } = createStore();
    const { listener, failures } = createListener({ seen: { store }, on: { other } });
    const sent = post(messageOf());
    const first = send(listener, sent);
    await started;
    const second = send(listener, sent);
    await expect.poll(() => claim.mock.calls.length).toBe(2);
    // The default time limit.
    await vi.advanceTimersByTimeAsync(3_000);
    const repeated = await second;
    expect(repeated.status).toBe(503);
    expect(repeated.headers.get("Retry-After")).toBe("3");
    expect((await first).status).toBe(503);
    expect(failures.map(({ code }) => code).sort()).toEqual(["BEING_HANDLED", "HANDLER_TIMEOUT"]);
    expect(claim).toHaveBeenCalledTimes(31);
    // The message is handled after its time, and remembered.
    finish.resolve();
    await expect.poll(() => commit.mock.calls.length).toBe(1);
    expect((await send(listener, sent)).status).toBe(204);
    expect(other).toHaveBeenCalledOnce();
  });

  test("nothing unverified reaches the store", async () => {
    const { store, claim } = createStore();
    const { listener } = createListener({ seen: { store } });
    await send(listener, post(messageOf({ password: "wrong" })));
    expect(claim).not.toHaveBeenCalled();
  });

  const failing = () => Promise.reject(new Error("no connection"));
  const store = () => ({ claim: () => "claimed" as const, commit: () => {}, release: () => {} });

  test("a store that cannot claim gives 500, and nothing is handled", async () => {
    const { listener, handled, failures } = createListener({
      seen: { store: { ...store(), claim: failing } },
    });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
    expect(handled).not.toHaveBeenCalled();
    expect(failures).toMatchObject([
      { code: "SEEN_FAILED", status: 500, error: { message: "no connection" } },
    ]);
  });

  test("a store that does not settle gives 503", async () => {
    const claim = () => new Promise(() => {});
    const { listener, handled } = createListener({
      seen: { store: { ...store(), claim } },
      handlerTimeoutMs: 1,
    });
    expect((await send(listener, post(messageOf()))).status).toBe(503);
    expect(handled).not.toHaveBeenCalled();
  });

  test("a message that was handled is acknowledged although the store cannot commit", async () => {
    const { listener, failures } = createListener({ seen: { store: { ...store(), commit: failing } } });
    expect((await send(listener, post(messageOf()))).status).toBe(204);
    expect(failures).toMatchObject([
      { code: "SEEN_FAILED", status: 204, error: { message: "no connection" } },
    ]);
  });

  test("a store that cannot release does not hide what the handler threw", async () => {
    const other = () => Promise.reject(new Error("full disk"));
    const { listener, failures } = createListener({
      seen: { store: { ...store(), release: failing } },
      on: { other },
    });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
    expect(failures).toMatchObject([
      { error: { message: "no connection" } },
      { error: { message: "full disk" } },
    ]);
  });
});

test("1,000 simultaneous requests, good and bad, all get a response", async () => {
  const handled = new Set<string>();
  const { listener } = createListener({
    maxBodyBytes: 10_000,
    on: { other: ({ accountName }: { accountName: string }) => handled.add(accountName) },
  });
  const origin = await serve(toNodeHandler(listener));
  const kinds = [
    { expected: 204, sent: (index: number) => post(messageOf({ accountName: `account ${index}` })) },
    { expected: 401, sent: () => post(messageOf({ password: "wrong" })) },
    { expected: 413, sent: () => post([new Uint8Array(6_000), new Uint8Array(6_000)]) },
    { expected: 400, sent: () => post("{") },
    { expected: 405, sent: () => ({ method: "GET" }) },
  ];
  const statuses = await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const kind = kinds[index % kinds.length] ?? { expected: 0, sent: () => ({}) };
      return { ...kind, status: (await sendTo(origin, kind.sent(index))).status };
    }),
  );
  expect(statuses.filter(({ status, expected }) => status !== expected)).toEqual([]);
  expect(handled.size).toBe(200);
});
