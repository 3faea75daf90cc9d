import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createCallbackListener, createMemorySeenStore, publishedAddresses } from "./index.ts";

const credentials = { username: "me", password: "the secret of it" };
const pathSecret = "the-path-secret-of-22-letters";
const right = { api: "v1", verify: credentials, on: { other: () => {} } };
// Options that a caller without TypeScript can give.
const create = createCallbackListener as (options: unknown) => unknown;

interface Row {
  name: string;
  options: unknown;
  /** The option that the error names. */
  option: string;
  code?: "UNKNOWN_OPTION";
}

const store = createMemorySeenStore();
const clientAddress = () => "192.0.2.1";
const allowedAddresses = ["192.0.2.1"];
const verify = (members: object) => ({ ...right, verify: members });

const wrong: Row[] = [
  { name: "no options", options: undefined, option: "options" },
  { name: "null for options", options: null, option: "options" },
  { name: "no api", options: { ...right, api: undefined }, option: "api" },
  { name: "an unknown api", options: { ...right, api: "v9" }, option: "api" },
  { name: "the api constructor", options: { ...right, api: "constructor" }, option: "api" },
  {
    name: "an unknown option",
    options: { ...right, handlerTimeout: 5 },
    option: "handlerTimeout",
    code: "UNKNOWN_OPTION",
  },
  { name: "another case", options: { ...right, Verify: 5 }, option: "Verify", code: "UNKNOWN_OPTION" },
  { name: "no time", options: { ...right, handlerTimeoutMs: 0 }, option: "handlerTimeoutMs" },
  { name: "a text for a time", options: { ...right, bodyTimeoutMs: "5" }, option: "bodyTimeoutMs" },
  { name: "a time that is too long", options: { ...right, bodyTimeoutMs: 2 ** 31 }, option: "bodyTimeoutMs" },
  { name: "NaN bytes", options: { ...right, maxBodyBytes: Number.NaN }, option: "maxBodyBytes" },
  { name: "a text for onError", options: { ...right, onError: "log" }, option: "onError" },
  { name: "a text for strict", options: { ...right, strict: "yes" }, option: "strict" },
  { name: "null for probe", options: { ...right, probe: null }, option: "probe" },
  { name: "true for seen", options: { ...right, seen: true }, option: "seen" },
  { name: "no store", options: { ...right, seen: {} }, option: "seen.store.claim" },
  {
    name: "a set as store",
    options: { ...right, seen: { store: new Set() } },
    option: "seen.store.claim",
  },
  {
    name: "a store in place of seen",
    options: { ...right, seen: store },
    option: "claim",
    code: "UNKNOWN_OPTION",
  },
  { name: "a text for a key", options: { ...right, seen: { store, key: "id" } }, option: "seen.key" },
  { name: "no on", options: { ...right, on: undefined }, option: "on" },
  { name: "no handlers", options: { ...right, on: {} }, option: "on" },
  { name: "an undefined handler", options: { ...right, on: { other: undefined } }, option: "on" },
  {
    name: "an unknown type",
    options: { ...right, on: { upgradeSheduled: () => {} } },
    option: "upgradeSheduled",
    code: "UNKNOWN_OPTION",
  },
  { name: "a text for a handler", options: { ...right, on: { other: "log" } }, option: "on.other" },
  {
    name: "a type that V2 does not have",
    options: { api: "v2", verify: { pathSecret }, on: { upgradeProgress: () => {} } },
    option: "upgradeProgress",
    code: "UNKNOWN_OPTION",
  },
  { name: "no verify", options: { ...right, verify: undefined }, option: "verify" },
  { name: "null for verify", options: { ...right, verify: null }, option: "verify" },
  { name: "a text for verify", options: { ...right, verify: "the secret of it" }, option: "verify" },
  { name: "an empty verify", options: verify({}), option: "verify" },
  { name: "a username alone", options: verify({ username: "me" }), option: "verify" },
  { name: "a password alone", options: verify({ password: "the secret of it" }), option: "verify" },
  { name: "two ways", options: verify({ ...credentials, pathSecret }), option: "verify" },
  { name: "a secret and insecure", options: verify({ pathSecret, insecure: true }), option: "verify" },
  { name: "insecure: false", options: verify({ insecure: false }), option: "verify" },
  { name: "insecure: yes", options: verify({ insecure: "yes" }), option: "verify" },
  { name: "an empty password", options: verify({ ...credentials, password: "" }), option: "verify.password" },
  { name: "no passwords", options: verify({ ...credentials, password: [] }), option: "verify.password" },
  {
    name: "an empty password in a list",
    options: verify({ ...credentials, password: ["the secret of it", ""] }),
    option: "verify.password",
  },
  {
    name: "a password of a variable that is not set, in a list",
    options: verify({ ...credentials, password: ["the secret of it", process.env["NOT_SET_ANYWHERE"]] }),
    option: "verify.password",
  },
  {
    name: "a password of a variable that is not set",
    options: verify({ username: "me", password: process.env["NOT_SET_ANYWHERE"] }),
    option: "verify",
  },
  {
    name: "a number as username",
    options: verify({ ...credentials, username: 5 }),
    option: "verify.username",
  },
  {
    name: "a list of usernames",
    options: verify({ ...credentials, username: ["me"] }),
    option: "verify.username",
  },
  { name: "a number as path secret", options: verify({ pathSecret: 5 }), option: "verify.pathSecret" },
  {
    name: "a path secret that is too short",
    options: verify({ pathSecret: "the secret of it" }),
    option: "verify.pathSecret",
  },
  {
    name: "a path secret with a slash",
    options: verify({ pathSecret: `${pathSecret}/the secret of it` }),
    option: "verify.pathSecret",
  },
  {
    name: "a short path secret in a list",
    options: verify({ pathSecret: [pathSecret, "the secret of it"] }),
    option: "verify.pathSecret",
  },
  {
    name: "an unknown way to verify",
    options: verify({ pasword: "the secret of it" }),
    option: "pasword",
    code: "UNKNOWN_OPTION",
  },
  {
    name: "credentials for V2",
    options: { ...right, api: "v2" },
    option: "verify",
  },
  {
    name: "addresses without clientAddress",
    options: { ...right, allowedAddresses },
    option: "clientAddress",
  },
  {
    name: "clientAddress without addresses",
    options: { ...right, clientAddress },
    option: "allowedAddresses",
  },
  ...[[], "192.0.2.1", ["192.0.2.0/24"], ["192.0.2.1", "localhost"], [undefined]].map((addresses) => ({
    name: `the addresses ${JSON.stringify(addresses)}`,
    options: { ...right, clientAddress, allowedAddresses: addresses },
    option: "allowedAddresses",
  })),
];

test.each(wrong)("a listener with $name is refused by the option's name", ({ options, option, code }) => {
  const refused = { name: "OptionError", code: code ?? "INVALID_OPTION", option };
  expect(() => create(options)).toThrow(expect.objectContaining(refused));
  expect(() => create(options)).toThrow(TypeError);
  expect(() => create(options)).toThrow(
    expect.objectContaining({ message: expect.stringContaining(option) }),
  );
  expect(() => create(options)).not.toThrow("the secret of it");
});

test.each([
  { options: { maxEntries: 0 }, option: "maxEntries" },
  { options: { maxAgeMs: 1.5 }, option: "maxAgeMs" },
])("a memory store with $options is refused by the option's name", ({ options, option }) => {
  const refused = { code: "INVALID_OPTION", option };
  expect(() => createMemorySeenStore(options)).toThrow(expect.objectContaining(refused));
});

test("the errors of options say what is wrong in one sentence", () => {
  const messages = [
    { ...right, handlerTimeout: 5 },
    { ...right, handlerTimeoutMs: 0 },
    { ...right, api: "v9" },
    { api: "v2", verify: { pathSecret }, on: { upgradeProgress: () => {} } },
    { ...right, verify: undefined },
    verify({ insecure: false }),
    { ...right, clientAddress, allowedAddresses: ["192.0.2.0/24"] },
  ].map((options) => {
    try {
      return create(options);
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(messages).toMatchInlineSnapshot(`
    [
      "Unknown option "handlerTimeout". Known: api, verify, on, strict, probe, seen, onError, onMessage, handlerTimeoutMs, bodyTimeoutMs, maxBodyBytes, allowedAddresses, clientAddress.",
      "handlerTimeoutMs must be a whole number from 1 to 2147483647.",
      "api must be one of v1, v2, v3, legacy.",
      "Unknown message type of v2 "upgradeProgress". Known: other.",
      "verify must be { username, password }, { pathSecret }, a function, or { insecure: true }.",
      "verify must be exactly one of { username, password }, { pathSecret }, a function, or { insecure: true } (api v1).",
      "allowedAddresses must be IP addresses, not ranges or names such as 192.0.2.0/24.",
    ]
  `);
});

test("an undefined option counts as not given", () => {
  const none = { seen: undefined, onError: undefined, handlerTimeoutMs: undefined, clientAddress: undefined };
  expect(create({ ...right, ...none, verify: { ...credentials, pathSecret: undefined } })).toBeTypeOf(
    "function",
  );
});

test("the published addresses fit allowedAddresses, and name their source", () => {
  const { addresses, source, readOn } = publishedAddresses;
  expect(addresses.length).toBeGreaterThan(0);
  expect(new URL(source).hostname).toBe("thingspace.verizon.com");
  expect(readOn).toMatch(/^\d{4}-\d{2}$/);
  expect(() => {
    createCallbackListener({
      api: "v2",
      verify: { pathSecret },
      on: { other: () => {} },
      allowedAddresses: addresses,
      clientAddress: ({ remoteAddress }) => remoteAddress,
    });
  }).not.toThrow();
});

describe("with console.warn replaced", () => {
  const warn = vi.fn();
  beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(warn));
  afterEach(() => {
    warn.mockReset();
    vi.restoreAllMocks();
  });

  test("an insecure listener warns when it is created, and not for each message", async () => {
    const listener = createCallbackListener({ ...right, api: "v1", verify: { insecure: true } });
    const request = () =>
      new Request("http://localhost/", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: "{}",
      });
    for (let count = 0; count < 3; count += 1) expect((await listener(request())).status).toBe(204);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("insecure"));
  });

  test("a listener that verifies does not warn when it is created", () => {
    create(right);
    expect(warn).not.toHaveBeenCalled();
  });
});

// Checked by the compiler; not run.
export function types() {
  createCallbackListener({
    api: "v1",
    verify: credentials,
    on: {
      upgradeScheduled: async ({ upgradeScheduled, type, anything }) => {
        const id: string | undefined = upgradeScheduled?.upgradeId;
        const one: "upgradeScheduled" = type;
        const open: unknown = anything;
        // @ts-expect-error what is not documented is unknown
        const text: string = anything;
        return [id, one, open, text];
      },
      // @ts-expect-error there is no such type
      upgradeSheduled: () => {},
    },
  });
  // @ts-expect-error verification is not optional
  createCallbackListener({ api: "v1", on: { other: () => {} } });
  // @ts-expect-error V2 echoes no credentials
  createCallbackListener({ api: "v2", verify: credentials, on: { other: () => {} } });
  // @ts-expect-error V2 has no documented types
  createCallbackListener({ api: "v2", verify: { pathSecret }, on: { upgradeProgress: () => {} } });
  // @ts-expect-error insecure must be said
  createCallbackListener({ api: "v1", verify: { insecure: false }, on: { other: () => {} } });
  createCallbackListener({ ...right, api: "v1", verify: { username: "me", password: ["new", "old"] } });
  createCallbackListener({
    api: "v2",
    verify: { pathSecret: ["new", "old"] as const },
    on: { other: () => {} },
  });
  createCallbackListener({
    ...right,
    api: "v1",
    seen: {
      store: createMemorySeenStore(),
      key: ({ upgradeScheduled, more }, { url }) => `${upgradeScheduled?.upgradeId} ${more} ${url}`,
    },
  });
  // @ts-expect-error a store alone is not the option
  createCallbackListener({ ...right, api: "v1", seen: createMemorySeenStore() });
  // @ts-expect-error addresses alone do not tell where the sender's address is found
  createCallbackListener({ ...right, api: "v1", allowedAddresses: ["192.0.2.1"] });
}
