import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import type { FailureCode } from "../src/index.ts";
import { adapters, type Sent } from "./adapters.ts";
import { createListener, credentials, json, messageOf, pathSecret, post } from "./listeners.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const message = messageOf();
const small = { maxBodyBytes: 1000 };
const large = "x".repeat(1000);
const depth = 100_000;
const deep = `{"a":${"[".repeat(depth)}${"]".repeat(depth)},"username":"me","password":${JSON.stringify(credentials.password)}}`;

interface Row {
  name: string;
  sent: Sent;
  options?: Record<string, unknown>;
  status: number;
  code: FailureCode;
  headers?: Record<string, string>;
}

interface Contradiction {
  name: string;
  sent: Sent;
  options?: Record<string, unknown>;
  /** The reason that `onError` is told. */
  reason: string;
}

/** Verified messages that contradict their document. */
const contradictions: Contradiction[] = [
  ...[
    { name: "a number for a string", members: { accountName: 5 }, reason: "/accountName must be a string" },
    {
      name: "a list for a type",
      members: { type: ["upgradeProgress"] },
      reason: "/type must be a string",
    },
    {
      name: "a list for an object",
      members: { upgradeScheduled: [] },
      reason: "/upgradeScheduled must be an object",
    },
    {
      name: "an empty text for an object",
      members: { upgradeProgress: "" },
      reason: "/upgradeProgress must be an object",
    },
    {
      name: "an empty text for a list",
      members: { firmwareList: "" },
      reason: "/firmwareList must be an array",
    },
    { name: "an object for a list", members: { firmwareList: {} }, reason: "/firmwareList must be an array" },
    {
      name: "null in a list of objects",
      members: { firmwareList: [{}, null] },
      reason: "/firmwareList/1 must be an object",
    },
    {
      name: "a number deep inside",
      members: { firmwareList: [{}, {}, { model: 5 }] },
      reason: "/firmwareList/2/model must be a string",
    },
    {
      name: "a boolean",
      members: { upgradeScheduled: { upgradeId: true } },
      reason: "/upgradeScheduled/upgradeId must be a string",
    },
  ].map(({ members, ...row }) => ({ ...row, sent: post(messageOf(members)) })),
  ...["[]", "null", "5", '"text"'].map((body) => ({
    name: `the body ${body}, with the path secret`,
    sent: post(body, { path: `/callbacks/${pathSecret}` }),
    options: { verify: { pathSecret } },
    reason: "the message must be an object",
  })),
];

const refused: (Row & { reason?: string })[] = [
  ...["GET", "PUT", "DELETE", "PATCH", "OPTIONS"].map((method) => ({
    name: `${method}`,
    sent: { method },
    status: 405,
    code: "METHOD_NOT_ALLOWED" as const,
    headers: { allow: "POST" },
  })),
  {
    name: "HEAD",
    sent: { method: "HEAD" },
    status: 405,
    code: "METHOD_NOT_ALLOWED",
    headers: { allow: "POST" },
  },
  ...[
    "text/plain",
    "application/jsonp",
    "application/xml",
    "application/json, text/plain",
    "multipart/form-data; boundary=x",
  ].map((type) => ({
    name: `the content type ${type}`,
    sent: post(message, { headers: { "Content-Type": type } }),
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE" as const,
  })),
  {
    name: "a compressed body",
    sent: post(gzipSync(message), { headers: { ...json, "Content-Encoding": "gzip" } }),
    status: 415,
    code: "COMPRESSED_BODY",
    headers: { "accept-encoding": "identity" },
  },
  {
    name: "a compressed body that does not say so",
    sent: post(gzipSync(message)),
    status: 400,
    code: "INVALID_JSON",
  },
  {
    name: "a declared size that is too large",
    sent: post(messageOf({ large }), {
      headers: { ...json, "Content-Length": String(messageOf({ large }).length) },
    }),
    options: small,
    status: 413,
    code: "BODY_TOO_LARGE",
  },
  {
    name: "a body that grows too large",
    sent: post([bytes('{"a":"'), ...Array(20).fill(bytes(large)), bytes('"}')]),
    options: small,
    status: 413,
    code: "BODY_TOO_LARGE",
  },
  ...[
    ["no body", undefined],
    ["an empty body", ""],
    ["white space", " \n\t "],
    ["a truncated body", message.slice(0, -1)],
    ["two messages", message + message],
    ["a form", "username=me&password=x"],
    ["single quotes", message.replaceAll('"', "'")],
    ["NaN", '{"a":NaN}'],
    ["bytes that are not UTF-8", Uint8Array.of(...bytes(message.slice(0, -1)), 0xff, 0x7d)],
    ["a UTF-8 sequence that is cut off", Uint8Array.of(...bytes('{"a":"'), 0xe2, 0x82, ...bytes('"}'))],
    ["UTF-16", new Uint8Array(Buffer.from(message, "utf16le"))],
    ["UTF-16 with a byte order mark", new Uint8Array(Buffer.from(`\ufeff${message}`, "utf16le"))],
    ["two byte order marks", `\ufeff\ufeff${message}`],
    ["zeros", new Uint8Array(100)],
  ].map(([name, body]) => ({
    name: `${name}`,
    sent: post(body as Sent["body"]),
    status: 400,
    code: "INVALID_JSON" as const,
  })),
  ...["application/json; charset=iso-8859-1", "application/json; charset=utf-16", "*/*"].map((type) => ({
    name: `bytes that are not UTF-8, of the type ${type}`,
    sent: post(Uint8Array.of(...bytes('{"a":"'), 0xe9, ...bytes('"}')), {
      headers: { "Content-Type": type },
    }),
    status: 400,
    code: "INVALID_JSON" as const,
  })),
  ...[
    ["no credentials", { username: undefined, password: undefined }],
    ["no username", { username: undefined }],
    ["no password", { password: undefined }],
    ["a wrong username", { username: "you" }],
    ["a wrong password", { password: "hunter2 and mire" }],
    ["the beginning of the password", { password: "hunter2" }],
    ["more than the password", { password: `${credentials.password}!` }],
    ["an empty password", { password: "" }],
    ["another case", { username: "ME" }],
    ["a list for the password", { password: [credentials.password] }],
    ["an object for the password", { password: { toString: credentials.password } }],
    ["a number for the password", { password: 0 }],
    ["null for the password", { password: null }],
    ["true for both", { username: true, password: true }],
    ["a wrong password and another shape", { password: "x", firmwareList: 5 }],
  ].map(([name, members]) => ({
    name: `${name}`,
    sent: post(messageOf(members as object as Record<string, unknown>)),
    status: 401,
    code: "NOT_VERIFIED" as const,
  })),
  ...[
    ["a list", "[]"],
    ["a list of messages", `[${message}]`],
    ["null", "null"],
    ["a string", '"hunter2 and more"'],
    ["a number", "1e999"],
    ["true", "true"],
    ["an empty object", "{}"],
    ["100,000 levels", `${"[".repeat(depth)}${"]".repeat(depth)}`],
    ["credentials in __proto__", `{"__proto__":${message}}`],
    ["credentials in an escaped __proto__", `{"\\u005f_proto__":${message}}`],
    ["credentials in constructor", `{"constructor":{"prototype":${message}}}`],
    ["a wrong password after the right one", `${message.slice(0, -1)},"password":"x"}`],
  ].map(([name, body]) => ({
    name: `${name}`,
    sent: post(body),
    status: 401,
    code: "NOT_VERIFIED" as const,
  })),
  ...contradictions.map(({ name, sent, options, reason }) => ({
    name: `strictly, ${name}`,
    sent,
    options: { ...options, strict: true },
    status: 422,
    code: "UNDOCUMENTED_MESSAGE" as const,
    reason,
  })),
  ...[
    "/",
    "/callbacks/",
    `/callbacks/${pathSecret}x`,
    `/callbacks/${pathSecret}/x`,
    `/callbacks/${pathSecret}%`,
    `/callbacks/${pathSecret}%2F`,
    `/callbacks/${pathSecret.replaceAll("-", "%252D")}`,
    `/callbacks/${pathSecret.slice(1)}`,
    `/callbacks/${pathSecret.toUpperCase()}`,
    `/${pathSecret}/callbacks`,
    `/callbacks?${pathSecret}`,
    `/callbacks?/${pathSecret}`,
    `/callbacks/x?a=/${pathSecret}`,
  ].map((path) => ({
    name: `the path ${path}`,
    sent: post(message, { path }),
    options: { verify: { pathSecret } },
    status: 401,
    code: "NOT_VERIFIED" as const,
  })),
  ...[
    ["false", () => false],
    ["something true that is not true", () => "yes"],
    ["a promise of 1", async () => 1],
    ["nothing", () => undefined],
  ].map(([name, verify]) => ({
    name: `a verify that returns ${name}`,
    sent: post(message),
    options: { verify },
    status: 401,
    code: "NOT_VERIFIED" as const,
  })),
  ...[
    ["that throws", () => nothing().member],
    ["that rejects", async () => nothing().member],
    ["that does not end", () => new Promise(() => {})],
  ].map(([name, verify]) => ({
    name: `a verify ${name}`,
    sent: post(message),
    options: { verify, handlerTimeoutMs: 1 },
    status: 401,
    code: "NOT_VERIFIED" as const,
  })),
  ...[
    ["another address", () => "192.0.2.2"],
    ["no address", () => undefined],
    ["something that is no address", () => "192.0.2.1, 192.0.2.2"],
    ["an error", () => nothing().member],
  ].map(([name, clientAddress]) => ({
    name: `${name} of the client`,
    sent: post(message),
    options: { allowedAddresses: ["192.0.2.1"], clientAddress },
    status: 403,
    code: "ADDRESS_NOT_ALLOWED" as const,
  })),
];

const nothing = () => undefined as unknown as { member: never };

describe.each(adapters)("through $adapter", ({ send }) => {
  test.each(refused)("$name: refused with $status", async ({ sent, options, ...expected }) => {
    const { listener, handled, failures } = createListener(options);
    const response = await send(listener, sent);
    expect(response.status).toBe(expected.status);
    expect(Object.fromEntries(response.headers)).toMatchObject(expected.headers ?? {});
    expect(handled).not.toHaveBeenCalled();
    expect(failures).toMatchObject([{ code: expected.code, status: expected.status }]);
    expect(failures[0]?.error).toBeInstanceOf(Error);
    if (expected.reason !== undefined) expect(failures[0]?.error).toMatchObject({ message: expected.reason });
    expect(JSON.stringify(response) + String(failures[0]?.error)).not.toContain(credentials.password);
  });

  test.each(contradictions)("$name goes to other, and onError is told", async ({ sent, options, reason }) => {
    const other = vi.fn();
    const { listener, failures } = createListener({ ...options, on: { other } });
    expect(await send(listener, sent)).toMatchObject({ status: 204 });
    expect(failures).toMatchObject([
      { code: "UNDOCUMENTED_MESSAGE", status: 204, error: { message: reason } },
    ]);
    expect(other.mock.calls[0]?.[0]).toEqual(JSON.parse(String(sent.body)));
  });

  test("every cause of a 401 has the same response", async () => {
    const responses = await Promise.all(
      refused
        .filter(({ status }) => status === 401)
        .map(async ({ sent, options }) => {
          const { headers, ...rest } = await send(createListener(options).listener, sent);
          for (const name of ["date", "connection", "keep-alive", "transfer-encoding"]) headers.delete(name);
          return JSON.stringify({ ...rest, headers: [...headers] });
        }),
    );
    expect(new Set(responses).size).toBe(1);
  });
});

const accepted: (Omit<Row, "status" | "code"> & { message?: object })[] = [
  { name: "a message", sent: post(message) },
  ...[
    "application/json; charset=utf-8",
    'Application/JSON;charset="UTF8"',
    "application/json ; v=1",
    "application/json; charset=us-ascii",
    "application/json; charset=ISO-8859-1",
    "*/*",
  ].map((type) => ({
    name: `the content type ${type}`,
    sent: post(message, { headers: { "content-type": type } }),
  })),
  { name: "no content type", sent: { body: bytes(message) } },
  ...[
    ["a text", { participantName: null }],
    ["an object", { upgradeScheduled: null }],
    ["a list", { firmwareList: null }],
    ["a member deep inside", { firmwareList: [{ model: null, make: "Verizon" }] }],
  ].map(([name, members]) => ({
    name: `null for ${name}`,
    sent: post(messageOf(members as object as Record<string, unknown>)),
  })),
  {
    name: "an encoding that is none",
    sent: post(message, { headers: { ...json, "Content-Encoding": "identity" } }),
  },
  { name: "a byte order mark", sent: post(`\ufeff${message}`) },
  { name: "chunks", sent: post([...message].map(bytes)) },
  { name: "a body of exactly the size", sent: post(message), options: { maxBodyBytes: message.length } },
  {
    name: "unknown members",
    sent: post(messageOf({ extra: [1, { a: null }], upgradeProgress: { deviceList: [] } })),
    message: { extra: [1, { a: null }], upgradeProgress: { deviceList: [] } },
  },
  {
    name: "10,000 devices",
    sent: post(messageOf({ upgradeProgress: { deviceList: devices(10_000) } })),
    message: { upgradeProgress: { deviceList: devices(10_000) } },
  },
  { name: "100,000 levels", sent: post(deep) },
  { name: "an empty object, with the path secret", ...byPath("{}"), message: {} },
  {
    name: "a duplicate name, of which the last counts",
    sent: post(`{"accountName":"a",${message.slice(1, -1)},"accountName":"b"}`),
    message: { accountName: "b" },
  },
  {
    name: "a member constructor",
    sent: post(messageOf({ constructor: { prototype: { a: 1 } } })),
    message: { constructor: { prototype: { a: 1 } } },
  },
  { name: "a query after the path secret", ...byPath(message, `/${pathSecret}?a=b#c`) },
  { name: "a slash after the path secret", ...byPath(message, `/callbacks/${pathSecret}/`) },
  { name: "a slash and a query", ...byPath(message, `/callbacks/${pathSecret}/?a=/b/`) },
  {
    name: "an encoded path secret",
    ...byPath(message, `/callbacks/${pathSecret.replaceAll("-", "%2D").replace("a", "%61")}`),
  },
  ...["the current", "the previous"].map((which) => ({
    name: `${which} of two passwords`,
    sent: post(messageOf({ password: which })),
    options: { verify: { ...credentials, password: ["the current", "the previous"] } },
  })),
  {
    name: "the previous of two path secrets",
    sent: post(message, { path: `/${pathSecret}` }),
    options: { verify: { pathSecret: ["another-secret-of-more-than-22", pathSecret] } },
  },
  ...[
    ["an IPv4 address", "192.0.2.1"],
    ["an IPv4 address in IPv6 form", "::ffff:192.0.2.1"],
    ["the same in hexadecimal", "::FFFF:c000:201"],
    ["an IPv6 address", "2001:DB8::0:1"],
  ].map(([name, address]) => ({
    name: `${name} that is allowed`,
    sent: post(message),
    options: { allowedAddresses: ["192.0.2.1", "2001:db8::1"], clientAddress: () => address },
  })),
  {
    name: "a verify that returns a promise of true",
    sent: post(message),
    options: { verify: async () => true },
  },
];

function devices(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    deviceId: String(990_000_000_000_001 + index),
    status: "UpgradeSuccess",
    resultReason: "DownloadInstallSucceeded",
  }));
}

function byPath(body: string, path = `/callbacks/${pathSecret}`) {
  return { sent: post(body, { path }), options: { verify: { pathSecret } } };
}

describe.each(adapters)("through $adapter", ({ send }) => {
  test.each(accepted)("$name: accepted with 204", async ({ sent, options, message: members = {} }) => {
    const { listener, handled, failures } = createListener(options);
    const { status, error } = await send(listener, sent);
    expect({ status, error, failures }).toEqual({ status: 204, error: undefined, failures: [] });
    expect(handled).toHaveBeenCalledOnce();
    expect(handled.mock.calls[0]?.[0]).toMatchObject(members);
  });

  test("a documented member that is null is left out, another one is kept", async () => {
    const { listener, handled } = createListener();
    const list = [{ model: null, more: null }];
    await send(listener, post(messageOf({ firmwareList: list, upgradeScheduled: null, more: null })));
    const received = handled.mock.calls[0]?.[0];
    expect(received).toMatchObject({ firmwareList: [{ more: null }], more: null });
    expect(Object.keys(received)).not.toContain("upgradeScheduled");
    expect(Object.keys(received.firmwareList[0])).toEqual(["more"]);
  });

  test.each(["__proto__", "\\u005f_proto__", "__\\u0070roto__"])(
    "a member %s is removed at every level, and no prototype changes",
    async (name) => {
      const body = `{"${name}":{"isAdmin":true},"a":{"${name}":{"isAdmin":true},"kept":1},${message.slice(1)}`;
      const { listener, handled } = createListener();
      expect((await send(listener, post(body))).status).toBe(204);
      const received = handled.mock.calls[0]?.[0];
      expect(received.a).toEqual({ kept: 1 });
      expect(Object.keys(received)).not.toContain("__proto__");
      expect(Object.assign({}, received).isAdmin).toBeUndefined();
      expect(({} as { isAdmin?: true }).isAdmin).toBeUndefined();
    },
  );
});
