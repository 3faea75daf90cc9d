import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMemorySeenStore, toNodeHandler } from "../src/index.ts";
import { sendTo, serve, web } from "./adapters.ts";
import { createListener, credentials, json, messageOf, pathSecret, post } from "./listeners.ts";

const statuses = [204, 400, 401, 405, 413, 415, 422];

/** JSON values with the names that a message or an attacker would use. */
const name = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "then",
    "type",
    "username",
    "password",
  ),
  fc.constantFrom("accountName", "firmwareList", "model", "upgradeScheduled", "upgradeProgress"),
  fc.string({ unit: "binary" }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

/** JSON as a sender could write it: duplicate names, white space, escapes, a byte order mark. */
const text = fc
  .tuple(
    fc.array(fc.tuple(name, value), { maxLength: 8 }),
    fc.constantFrom("", " ", "\n\t"),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([entries, space, hasMark, isEscaped]) => {
    const members = entries.map(
      ([member, content]) => `${space}${JSON.stringify(member)}${space}:${JSON.stringify(content)}`,
    );
    const object = `{${members.join(",")}}`;
    const written = isEscaped ? object.replace("__proto__", "\\u005f_proto__") : object;
    return (hasMark ? "\ufeff" : "") + written;
  });

const header = fc.dictionary(
  fc.constantFrom("Content-Type", "Content-Encoding", "Content-Length", "X-Forwarded-For", "Accept"),
  fc.oneof(
    fc.constantFrom(
      "application/json",
      "APPLICATION/JSON; Charset=UTF-8",
      "identity",
      "gzip",
      "-1",
      "1e9",
      "NaN",
    ),
    fc.string({ unit: "grapheme-ascii" }),
  ),
);

describe("with generated requests", () => {
  test("any bytes get a response, and reach no handler", async () => {
    const { listener, handled } = createListener();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (body) => {
        expect(statuses).toContain((await web.send(listener, post(body))).status);
      }),
    );
    expect(handled).not.toHaveBeenCalled();
  });

  test("any JSON without the password is not verified, and reaches no handler", async () => {
    const { listener, handled } = createListener();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          text,
          value.map((any) => JSON.stringify(any)),
        ),
        async (body) => {
          expect((await web.send(listener, post(body))).status).toBe(401);
        },
      ),
    );
    expect(handled).not.toHaveBeenCalled();
  });

  test("any JSON with the password is handled, with strict only if it is as documented", async () => {
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const seen = { store: createMemorySeenStore() };
        const [open, strict] = [createListener({ seen }), createListener({ strict: true })];
        const proof = JSON.stringify(credentials).slice(1);
        const verified = `${body.slice(0, -1)}${body.endsWith("{}") ? "" : ","}${proof}`;
        expect((await web.send(open.listener, post(verified))).status).toBe(204);
        expect(open.handled).toHaveBeenCalledOnce();

        const { status } = await web.send(strict.listener, post(verified));
        expect([204, 422]).toContain(status);
        expect(strict.handled).toHaveBeenCalledTimes(status === 204 ? 1 : 0);
        expect(open.failures.map(({ code }) => code)).toEqual(status === 204 ? [] : ["UNDOCUMENTED_MESSAGE"]);
        const [message] = strict.handled.mock.calls[0] ?? [];
        expect(typeof message?.accountName).toMatch(/string|undefined/);
      }),
    );
  });

  test("any JSON at the secret path of V2 is handled, with strict only if its id is a string", async () => {
    await fc.assert(
      fc.asyncProperty(text, value, async (body, id) => {
        const options = { api: "v2", verify: { pathSecret } };
        const [open, strict] = [createListener(options), createListener({ ...options, strict: true })];
        const sent = { path: `/${pathSecret}` };
        expect((await web.send(open.listener, post(body, sent))).status).toBe(204);
        const { status } = await web.send(strict.listener, post(JSON.stringify({ id, type: id }), sent));
        expect(status).toBe(typeof id === "string" || id === null ? 204 : 422);
        expect((await web.send(strict.listener, post(JSON.stringify({ type: id }), sent))).status).toBe(204);
        const withoutProto = (name: string, any: unknown) => (name === "__proto__" ? undefined : any);
        const kept = JSON.parse(JSON.stringify({ type: id }), withoutProto);
        expect(strict.handled.mock.lastCall?.[0]).toEqual(kept);
      }),
    );
  });

  test("any headers and methods get a response", async () => {
    const { listener, handled } = createListener();
    const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "QUERY");
    await fc.assert(
      fc.asyncProperty(method, header, async (chosen, headers) => {
        const body = chosen === "GET" ? undefined : messageOf({ password: "wrong" });
        expect(statuses).toContain((await web.send(listener, { method: chosen, headers, body })).status);
      }),
    );
    expect(handled).not.toHaveBeenCalled();
  });

  test("a message in any chunks is the same through node:http", async () => {
    const { listener, handled } = createListener();
    const origin = await serve(toNodeHandler(listener));
    const bytes = new TextEncoder().encode(messageOf({ accountName: "ünï \u{1f600}" }));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        const headers = { ...json, "Transfer-Encoding": "chunked" };
        const whole = chunks.filter(({ length }) => length > 0);
        expect((await sendTo(origin, { headers, body: whole })).status).toBe(204);
        expect(handled.mock.lastCall?.[0].accountName).toBe("ünï \u{1f600}");
      }),
    );
  });
});
