import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createCallbackListener, createMemorySeenStore, publishedAddresses } from "./index.ts";

const credentials = { username: "me", password: "the secret of it" };
const pathSecret = "the-path-secret-of-22-letters";
const right = { api: "v1", verify: credentials, on: { other: () => {} } };
// What a caller without TypeScript can give.
const create = createCallbackListener as (options: unknown) => unknown;

describe("refused by name", () => {
  test.each([
    [undefined, "the options must be an object."],
    [null, "the options must be an object."],
    [{ ...right, api: undefined }, "api must be one of v1, v2, legacy, not undefined."],
    [{ ...right, api: "v3" }, "api must be one of v1, v2, legacy, not v3."],
    [{ ...right, api: "constructor" }, "api must be one of v1, v2, legacy, not constructor."],
    [{ ...right, handlerTimeout: 5 }, "handlerTimeout is not a known option. Did you mean handlerTimeoutMs?"],
    [{ ...right, Verify: 5 }, "Verify is not a known option. Did you mean verify?"],
    [{ ...right, zzz: 5 }, /^zzz is not a known option. There are: api, verify, on, /],
    [{ ...right, handlerTimeoutMs: 0 }, "handlerTimeoutMs must be a whole number from 1 to 2147483647."],
    [{ ...right, bodyTimeoutMs: "5" }, /^bodyTimeoutMs must be a whole number/],
    [{ ...right, bodyTimeoutMs: 2 ** 31 }, /^bodyTimeoutMs must be a whole number/],
    [{ ...right, maxBodyBytes: Number.NaN }, /^maxBodyBytes must be a whole number/],
    [{ ...right, onError: "log" }, "onError must be a function."],
    [{ ...right, seen: new Set() }, "seen.claim must be a function."],
    [{ ...right, seen: true }, "seen must be an object."],
  ])("%j", (options, message) => {
    expect(() => create(options)).toThrow(message);
    expect(() => create(options)).toThrow(TypeError);
  });

  test.each([
    [undefined, "on must be an object."],
    [{}, "on must have a handler: firmwareList, upgradeScheduled, upgradeProgress, upgradeFinished, other."],
    [{ other: undefined }, /^on must have a handler/],
    [
      { upgradeSheduled: () => {} },
      "upgradeSheduled is not a known message type of v1. Did you mean upgradeScheduled?",
    ],
    [{ other: () => {}, upgradescheduled: () => {} }, /Did you mean upgradeScheduled\?$/],
    [{ other: "log" }, "on.other must be a function."],
  ])("the handlers %j", (on, message) => {
    expect(() => create({ ...right, on })).toThrow(message);
  });

  test("a handler of a type that V2 does not have", () => {
    const v2 = { api: "v2", verify: { pathSecret }, on: { upgradeProgress: () => {} } };
    expect(() => create(v2)).toThrow("upgradeProgress is not a known message type of v2. There are: other.");
  });

  const ways = "{ username, password }, { pathSecret }, a function, or { insecure: true }";
  test.each([
    [undefined, `verify is missing: give ${ways}.`],
    [null, "verify must be an object."],
    ["the secret of it", "verify must be an object."],
    [{}, `verify must be exactly one of ${ways} (api v1).`],
    [{ username: "me" }, /exactly one of/],
    [{ password: "the secret of it" }, /exactly one of/],
    [{ ...credentials, pathSecret }, /exactly one of/],
    [{ pathSecret, insecure: true }, /exactly one of/],
    [{ insecure: false }, /exactly one of/],
    [{ insecure: "yes" }, /exactly one of/],
    [{ ...credentials, password: "" }, "verify.password must be a string that is not empty."],
    [{ ...credentials, username: 5 }, "verify.username must be a string that is not empty."],
    [{ pathSecret: 5 }, "verify.pathSecret must be a string that is not empty."],
    [{ pathSecret: "the secret of it" }, /^verify.pathSecret must be at least 22 of /],
    [{ pathSecret: `${pathSecret}/the secret of it` }, /^verify.pathSecret must be at least 22 of /],
    [{ pasword: "the secret of it" }, "pasword is not a known way to verify. Did you mean password?"],
  ])("the verification %j", (verify, message) => {
    expect(() => create({ ...right, verify })).toThrow(message);
    expect(() => create({ ...right, verify })).not.toThrow("the secret of it");
  });

  test("a password that is missing because its environment variable is", () => {
    const verify = { username: "me", password: process.env["A_VARIABLE_THAT_IS_NOT_SET"] };
    expect(() => create({ ...right, verify })).toThrow(/^verify must be exactly one of/);
  });

  test("credentials for V2, which has none", () => {
    const verified = () => create({ api: "v2", verify: credentials, on: right.on });
    expect(verified).toThrow(
      "verify must be exactly one of { pathSecret }, a function, or { insecure: true } (api v2).",
    );
  });

  const clientAddress = () => "192.0.2.1";
  test.each([
    [{ allowedAddresses: ["192.0.2.1"] }, "clientAddress must be a function."],
    [{ clientAddress }, "allowedAddresses must be a list of IP addresses."],
    [{ clientAddress, allowedAddresses: [] }, "allowedAddresses must be a list of IP addresses."],
    [{ clientAddress, allowedAddresses: "192.0.2.1" }, "allowedAddresses must be a list of IP addresses."],
    [{ clientAddress, allowedAddresses: ["192.0.2.0/24"] }, /192.0.2.0\/24 is not an IP address/],
    [{ clientAddress, allowedAddresses: ["192.0.2.1", "localhost"] }, /localhost is not an IP address/],
    [{ clientAddress, allowedAddresses: [undefined] }, /undefined is not an IP address/],
  ])("the addresses %j", (addresses, message) => {
    expect(() => create({ ...right, ...addresses })).toThrow(message);
  });

  test.each([{ maxEntries: 0 }, { maxAgeMs: 1.5 }])("the store's %j", (options) => {
    expect(() => createMemorySeenStore(options)).toThrow(/^max.* must be a whole number from 1/);
  });
});

test("an option that is undefined is one that is not given", () => {
  const none = { seen: undefined, onError: undefined, handlerTimeoutMs: undefined, clientAddress: undefined };
  expect(create({ ...right, ...none, verify: { ...credentials, pathSecret: undefined } })).toBeTypeOf(
    "function",
  );
});

test("the published addresses can be allowed as they are, and say where they are from", () => {
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

describe("an insecure listener", () => {
  const warn = vi.fn();
  beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(warn));
  afterEach(() => {
    warn.mockReset();
    vi.restoreAllMocks();
  });

  test("warns when it is made, and not for each message", async () => {
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

  test("is the only one that warns", () => {
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
  // @ts-expect-error addresses alone do not tell where the sender's address is found
  createCallbackListener({ ...right, api: "v1", allowedAddresses: ["192.0.2.1"] });
}
