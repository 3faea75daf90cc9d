import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
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
  error?: string;
  headers?: Record<string, string>;
}

const refused: Row[] = [
  ...["GET", "PUT", "DELETE", "PATCH", "OPTIONS"].map((method) => ({
    name: `${method}`,
    sent: { method },
    status: 405,
    error: "the method must be POST",
    headers: { allow: "POST" },
  })),
  { name: "HEAD", sent: { method: "HEAD" }, status: 405, headers: { allow: "POST" } },
  ...[
    "text/plain",
    "application/jsonp",
    "application/xml",
    "application/json; charset=iso-8859-1",
    "application/json; charset=utf-16",
    "application/json, text/plain",
    "multipart/form-data; boundary=x",
    "*/*",
    ";",
  ].map((type) => ({
    name: `the content type ${type}`,
    sent: post(message, { headers: { "Content-Type": type } }),
    status: 415,
    error: "the content type must be application/json in UTF-8",
  })),
  {
    name: "no content type",
    sent: { body: bytes(message) },
    status: 415,
  },
  {
    name: "a compressed body",
    sent: post(gzipSync(message), { headers: { ...json, "Content-Encoding": "gzip" } }),
    status: 415,
    error: "the body must not be compressed",
    headers: { "accept-encoding": "identity" },
  },
  {
    name: "a compressed body that does not say so",
    sent: post(gzipSync(message)),
    status: 400,
  },
  {
    name: "a declared size that is too large",
    sent: post(messageOf({ large }), {
      headers: { ...json, "Content-Length": String(messageOf({ large }).length) },
    }),
    options: small,
    status: 413,
    error: "the body is larger than 1000 bytes",
  },
  {
    name: "a body that grows too large",
    sent: post([bytes('{"a":"'), ...Array(20).fill(bytes(large)), bytes('"}')]),
    options: small,
    status: 413,
    error: "the body is larger than 1000 bytes",
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
    error: "the body is not JSON in UTF-8",
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
    error: "not verified",
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
  ].map(([name, body]) => ({ name: `${name}`, sent: post(body), status: 401, error: "not verified" })),
  ...[
    ["a number for a string", { accountName: 5 }, "/accountName must be a string"],
    ["null for a string", { participantName: null }, "/participantName must be a string"],
    ["a list for a type", { type: ["upgradeProgress"] }, "/type must be a string"],
    ["a list for an object", { upgradeScheduled: [] }, "/upgradeScheduled must be an object"],
    ["null for an object", { upgradeProgress: null }, "/upgradeProgress must be an object"],
    ["an object for a list", { firmwareList: {} }, "/firmwareList must be an array"],
    ["a string in a list of objects", { firmwareList: [{}, "x"] }, "/firmwareList/1 must be an object"],
    [
      "a number deep inside",
      { firmwareList: [{}, {}, { model: 5 }] },
      "/firmwareList/2/model must be a string",
    ],
    ["a boolean", { upgradeScheduled: { upgradeId: true } }, "/upgradeScheduled/upgradeId must be a string"],
  ].map(([name, members, error]) => ({
    name: `${name}`,
    sent: post(messageOf(members as Record<string, unknown>)),
    status: 422,
    error: error as string,
  })),
  {
    name: "a message that is no object, with the path secret",
    sent: post("[]", { path: `/callbacks/${pathSecret}` }),
    options: { verify: { pathSecret } },
    status: 422,
    error: "the message must be an object",
  },
  ...[
    "/",
    "/callbacks/",
    `/callbacks/${pathSecret}/`,
    `/callbacks/${pathSecret}x`,
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
    error: "not verified",
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
    error: "not verified",
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
    error: "not verified",
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
    error: "not an allowed address",
  })),
];

const nothing = () => undefined as unknown as { member: never };

describe.each(adapters)("through $adapter", ({ send }) => {
  test.each(refused)("$name: $status", async ({ sent, options, status, error, headers = {} }) => {
    const { listener, handled, failures } = createListener(options);
    const answered = await send(listener, sent);
    expect(answered.status).toBe(status);
    if (error !== undefined) expect(answered.error).toBe(error);
    expect(Object.fromEntries(answered.headers)).toMatchObject(headers);
    expect(handled).not.toHaveBeenCalled();
    expect(failures).toMatchObject([{ status, error: expect.any(Error) }]);
    expect(JSON.stringify(answered) + String(failures[0]?.error)).not.toContain(credentials.password);
  });

  test("every cause of a 401 is answered alike", async () => {
    const answers = await Promise.all(
      refused
        .filter(({ status }) => status === 401)
        .map(async ({ sent, options }) => {
          const { headers, ...rest } = await send(createListener(options).listener, sent);
          for (const name of ["date", "connection", "keep-alive", "transfer-encoding"]) headers.delete(name);
          return JSON.stringify({ ...rest, headers: [...headers] });
        }),
    );
    expect(new Set(answers).size).toBe(1);
  });
});

const taken: (Omit<Row, "status"> & { message?: object })[] = [
  { name: "a message", sent: post(message) },
  ...["application/json; charset=utf-8", 'Application/JSON;charset="UTF8"', "application/json ; v=1"].map(
    (type) => ({
      name: `the content type ${type}`,
      sent: post(message, { headers: { "content-type": type } }),
    }),
  ),
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
  test.each(taken)("$name: 204", async ({ sent, options, message: members = {} }) => {
    const { listener, handled, failures } = createListener(options);
    const { status, error } = await send(listener, sent);
    expect({ status, error, failures }).toEqual({ status: 204, error: undefined, failures: [] });
    expect(handled).toHaveBeenCalledOnce();
    expect(handled.mock.calls[0]?.[0]).toMatchObject(members);
  });

  test.each(["__proto__", "\\u005f_proto__", "__\\u0070roto__"])(
    "a member %s is left out, at every level, and no prototype is changed",
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
