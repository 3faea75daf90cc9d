import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type CallbackRequest,
  createCallbackListener,
  createMemorySeenStore,
  toNodeHandler,
} from "../src/index.ts";
import { adapters, node, sendTo, serve } from "./adapters.ts";
import { callback, createListener, credentials, json, messageOf, pathSecret, post } from "./listeners.ts";

/** A promise to be settled from outside. */
function deferred() {
  let resolve = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

describe.each(adapters)("through $adapter", ({ send }) => {
  test("each documented type reaches its handler, everything else reaches other", async () => {
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

  test("a message that finds no handler is acknowledged", async () => {
    const { listener } = createListener({ on: { upgradeScheduled: () => {} } });
    expect((await send(listener, post(messageOf()))).status).toBe(204);
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
    const answered = vi.fn();
    const sending = send(listener, post(messageOf())).then(answered);
    await started.promise;
    // A turn of the event loop, in which an answer that did not wait would come.
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).not.toHaveBeenCalled();
    finish.resolve();
    await sending;
    expect(answered).toHaveBeenCalledWith(expect.objectContaining({ status: 204 }));
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
    const answered = await send(listener, post(messageOf(), { path: "/fota" }));
    expect(answered).toMatchObject({ status: 500, error: "not handled" });
    expect(failures).toMatchObject([
      { error: expect.objectContaining({ message: "full disk" }), status: 500, request: { method: "POST" } },
    ]);
    expect(failures[0]?.request.url).toMatch(/\/fota$/);
  });

  test("a handler that throws nothing gives 500 all the same", async () => {
    const { listener } = createListener({ on: { other: () => Promise.reject() } });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
  });

  test("a verify that exceeds its time gives 401, and onError hears of the limit", async () => {
    const { listener, failures } = createListener({
      verify: () => new Promise<boolean>(() => {}),
      handlerTimeoutMs: 1,
    });
    expect(await send(listener, post(messageOf()))).toMatchObject({ status: 401, error: "not verified" });
    expect(String(failures[0]?.error)).toContain("handlerTimeoutMs, 1 ms");
  });

  test("a handler that exceeds its time gives 503, and what it throws later reaches onError", async () => {
    const finish = deferred();
    const { listener, failures } = createListener({
      on: { other: () => finish.promise },
      handlerTimeoutMs: 1,
    });
    const answered = await send(listener, post(messageOf()));
    expect(answered).toMatchObject({ status: 503, error: "not handled in time" });
    expect(String(failures[0]?.error)).toContain("handlerTimeoutMs, 1 ms");
    finish.reject(new Error("too late"));
    await expect.poll(() => failures.length).toBe(2);
    expect(failures[1]).toMatchObject({ status: 503, error: { message: "too late" } });
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("log is full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("log is full"))],
  ])("an onError that %s changes nothing", async (_, onError) => {
    const { listener } = createListener({ on: { other: () => Promise.reject(new Error()) }, onError });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
    expect((await send(listener, post("{}"))).status).toBe(401);
  });

  test("handlers and verify see the request and the body as they came", async () => {
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
  const error = vi.fn();
  beforeEach(() => void vi.spyOn(console, "error").mockImplementation(error));
  afterEach(() => vi.restoreAllMocks());

  test("what was not handled is written to the console, and what was refused is not", async () => {
    const { listener } = createListener({
      on: { other: () => Promise.reject(new Error("full disk")) },
      onError: undefined,
    });
    await node.send(listener, post("{}"));
    expect(error).not.toHaveBeenCalled();
    await node.send(listener, post(messageOf()));
    expect(error).toHaveBeenCalledWith(
      "A ThingSpace callback was not handled:",
      expect.objectContaining({ message: "full disk" }),
    );
  });
});

describe.each(adapters)("with a seen store, through $adapter", ({ send }) => {
  test("a repeat is acknowledged and not handled again", async () => {
    const { listener, handled } = createListener({ seen: createMemorySeenStore() });
    for (let count = 0; count < 3; count += 1) {
      expect((await send(listener, post(messageOf()))).status).toBe(204);
    }
    await send(listener, post(messageOf({ accountName: "another" })));
    expect(handled).toHaveBeenCalledTimes(2);
  });

  test("a message that failed can come again", async () => {
    const other = vi.fn().mockRejectedValueOnce(new Error("full disk")).mockResolvedValue(undefined);
    const { listener } = createListener({ seen: createMemorySeenStore(), on: { other } });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await send(listener, post(messageOf()))).status);
    }
    expect(statuses).toEqual([500, 204, 204]);
    expect(other).toHaveBeenCalledTimes(2);
  });

  test("a repeat that comes while the first is being handled is put off", async () => {
    const [started, finish] = [deferred(), deferred()];
    const other = vi.fn(() => {
      started.resolve();
      return finish.promise;
    });
    const { listener } = createListener({ seen: createMemorySeenStore(), on: { other } });
    const first = send(listener, post(messageOf()));
    await started.promise;
    const second = await send(listener, post(messageOf()));
    expect(second).toMatchObject({ status: 503, error: "being handled" });
    expect(second.headers.get("Retry-After")).toBe("5");
    finish.resolve();
    expect((await first).status).toBe(204);
    expect((await send(listener, post(messageOf()))).status).toBe(204);
    expect(other).toHaveBeenCalledOnce();
  });

  test("a message that is handled after its time is remembered as handled", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const [started, finish] = [deferred(), deferred()];
    const other = vi.fn(() => {
      started.resolve();
      return finish.promise;
    });
    const seen = createMemorySeenStore();
    const commit = vi.spyOn(seen, "commit");
    const { listener } = createListener({ seen, on: { other } });
    const first = send(listener, post(messageOf()));
    await started.promise;
    vi.advanceTimersByTime(5_000);
    expect((await first).error).toBe("not handled in time");
    expect((await send(listener, post(messageOf()))).error).toBe("being handled");
    finish.resolve();
    await expect.poll(() => commit.mock.calls.length).toBe(1);
    expect((await send(listener, post(messageOf()))).status).toBe(204);
    expect(other).toHaveBeenCalledOnce();
  });

  test("nothing unverified reaches the store", async () => {
    const seen = createMemorySeenStore();
    const claim = vi.spyOn(seen, "claim");
    const { listener } = createListener({ seen });
    await send(listener, post(messageOf({ password: "wrong" })));
    expect(claim).not.toHaveBeenCalled();
  });

  const failing = () => Promise.reject(new Error("no connection"));
  const store = () => ({ claim: () => "claimed" as const, commit: () => {}, release: () => {} });

  test("a store that cannot claim gives 500, and nothing is handled", async () => {
    const { listener, handled, failures } = createListener({ seen: { ...store(), claim: failing } });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
    expect(handled).not.toHaveBeenCalled();
    expect(failures).toMatchObject([{ error: { message: "no connection" } }]);
  });

  test("a store that does not answer gives 503", async () => {
    const claim = () => new Promise(() => {});
    const { listener, handled } = createListener({ seen: { ...store(), claim }, handlerTimeoutMs: 1 });
    expect((await send(listener, post(messageOf()))).status).toBe(503);
    expect(handled).not.toHaveBeenCalled();
  });

  test("a message that was handled is acknowledged although the store cannot commit", async () => {
    const { listener, failures } = createListener({ seen: { ...store(), commit: failing } });
    expect((await send(listener, post(messageOf()))).status).toBe(204);
    expect(failures).toMatchObject([{ status: 204, error: { message: "no connection" } }]);
  });

  test("a store that cannot release does not hide what the handler threw", async () => {
    const other = () => Promise.reject(new Error("full disk"));
    const { listener, failures } = createListener({ seen: { ...store(), release: failing }, on: { other } });
    expect((await send(listener, post(messageOf()))).status).toBe(500);
    expect(failures).toMatchObject([
      { error: { message: "no connection" } },
      { error: { message: "full disk" } },
    ]);
  });
});

test("1,000 requests at once, good and bad, are each answered", async () => {
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
