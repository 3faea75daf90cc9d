import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { request } from "undici";
import { expect, test } from "vitest";
import { createTargetGuard, type TargetGuard, type TargetGuardOptions } from "./guard.ts";
import { TargetRefusedError } from "./refusal.ts";

// Nothing here is sent or looked up: lookups are answered from a table, connections only recorded.

const publicV4 = { address: "93.184.215.14", family: 4 };
const publicV6 = { address: "2606:4700::1111", family: 6 };
const loopback = { address: "127.0.0.1", family: 4 };

test.each([
  ["http://127.0.0.1/", "127.0.0.1 is a loopback address; allow it with --allow-target 127.0.0.1"],
  ["http://2130706433/", "127.0.0.1 is a loopback address; allow it with --allow-target 127.0.0.1"],
  ["http://017700000001:80/", "127.0.0.1 is a loopback address; allow it with --allow-target 127.0.0.1"],
  ["https://0x7f.1/", "127.0.0.1 is a loopback address; allow it with --allow-target 127.0.0.1"],
  ["http://0.0.0.0/", "0.0.0.0 is an unspecified address; allow it with --allow-target 0.0.0.0"],
  ["https://[::1]/", "::1 is a loopback address; allow it with --allow-target ::1"],
  ["http://[::]/", ":: is an unspecified address; allow it with --allow-target ::"],
  [
    "http://[::ffff:127.0.0.1]/",
    "::ffff:7f00:1 is 127.0.0.1, a loopback address; allow it with --allow-target ::ffff:7f00:1",
  ],
  [
    "http://169.254.169.254/latest/meta-data/",
    "169.254.169.254 is a link-local address; allow it with --allow-target 169.254.169.254",
  ],
])("%s is refused without a lookup or a connection", async (url, message) => {
  const { guard, connected, lookedUp } = recordingGuard();
  const error = await post(guard, url);
  expect(error).toBeInstanceOf(TargetRefusedError);
  expect(error).toHaveProperty("message", message);
  expect(connected).toEqual([]);
  expect(lookedUp).toEqual([]);
});

test.each([
  ["http://93.184.215.14/", "93.184.215.14"],
  ["http://[2606:4700::1111]:8080/", "2606:4700::1111"],
  ["https://[64:ff9b::8.8.8.8]/", "64:ff9b::808:808"],
])("%s is connected to without a lookup", async (url, address) => {
  const { guard, connected, lookedUp } = recordingGuard();
  await post(guard, url);
  expect(connected).toEqual([[address]]);
  expect(lookedUp).toEqual([]);
});

test("A name is connected to at the addresses that were checked", async () => {
  const { guard, connected, lookedUp } = recordingGuard({ lookups: [[publicV4, publicV6]] });
  await post(guard, "https://listener.test/");
  expect(lookedUp).toEqual(["listener.test"]);
  expect(connected).toEqual([[publicV4.address, publicV6.address]]);
});

test("A name that resolves first to a public address and then to loopback is rejected the second time", async () => {
  const { guard, connected } = recordingGuard({ lookups: [[publicV4], [loopback]] });
  expect(await post(guard, "http://listener.test/")).not.toBeInstanceOf(TargetRefusedError);
  expect(await post(guard, "http://listener.test/")).toMatchObject({
    name: "TargetRefusedError",
    host: "listener.test",
    message:
      "listener.test resolves to 127.0.0.1, a loopback address; allow it with --allow-target listener.test",
  });
  expect(connected).toEqual([[publicV4.address]]);
});

test.each([
  [[publicV4, loopback], "127.0.0.1, a loopback address"],
  [[loopback, publicV4], "127.0.0.1, a loopback address"],
  [[publicV4, publicV6, { address: "::ffff:10.0.0.1", family: 6 }], "10.0.0.1, a private address"],
  [[publicV4, { address: "fe80::1%br-lan", family: 6 }], "fe80::1, a link-local address"],
  [[publicV4, { address: "fish", family: 4 }], "fish, which is no address"],
  [[publicV4, { address: "", family: 4 }], ", which is no address"],
])("A name that resolves to %j is refused", async (addresses, reason) => {
  const { guard, connected } = recordingGuard({ lookups: [addresses] });
  const error = await post(guard, "http://listener.test/");
  expect(error).toBeInstanceOf(TargetRefusedError);
  expect(error).toHaveProperty("message", expect.stringContaining(`listener.test resolves to ${reason}`));
  expect(connected).toEqual([]);
});

test("A name without addresses is not found", async () => {
  const { guard, connected } = recordingGuard({ lookups: [[]] });
  expect(await post(guard, "http://listener.test/")).toHaveProperty("code", "ENOTFOUND");
  expect(connected).toEqual([]);
});

test("All addresses are checked even when a connection requests only one", async () => {
  const lookups = [
    [publicV4, publicV6],
    [publicV4, loopback],
  ];
  const { guard, connected } = recordingGuard({ lookups, all: false });
  await post(guard, "http://listener.test/");
  expect(await post(guard, "http://listener.test/")).toBeInstanceOf(TargetRefusedError);
  expect(connected).toEqual([[publicV4.address]]);
});

test("A lookup that returns one address instead of a list is checked", async () => {
  const { guard, connected } = recordingGuard({
    lookup: (_host, _options, callback) => callback(null, "127.0.0.1", 4),
  });
  expect(await post(guard, "http://listener.test/")).toBeInstanceOf(TargetRefusedError);
  expect(connected).toEqual([]);
});

test("Neither a Host header nor a TLS server name changes where a request goes", async () => {
  const { guard, connected } = recordingGuard({ lookups: [[loopback]] });
  await post(guard, "http://93.184.215.14/", { host: "127.0.0.1" });
  await post(guard, "http://93.184.215.14/", { host: "listener.test" });
  await post(guard, "https://93.184.215.14/", { host: "listener.test" });
  expect(connected).toEqual([["93.184.215.14"], ["93.184.215.14"], ["93.184.215.14"]]);
});

test.each([
  [["127.0.0.1"], "http://127.0.0.1/", true],
  [["127.0.0.1"], "http://127.0.0.2/", false],
  [["127.0.0.1:443"], "https://127.0.0.1/", true],
  [["127.0.0.1:80"], "http://127.0.0.1/", true],
  [["127.0.0.1:8080"], "http://127.0.0.1/", false],
  [["::1"], "http://[::1]/", true],
  [["listener.test"], "http://listener.test/", true],
  [["listener.test:8080"], "http://listener.test:8080/", true],
  [["listener.test:8080"], "http://listener.test/", false],
  [["other.test", "127.0.0.0/8"], "http://listener.test/", true],
  [["127.0.0.1:8080"], "http://listener.test:8080/", true],
  [["127.0.0.1:8080"], "http://listener.test:8081/", false],
  [["other.test"], "http://listener.test/", false],
])("With the allowed targets %j, %s at loopback passes: %j", async (allowTargets, url, passes) => {
  const { guard, connected } = recordingGuard({ allowTargets, lookups: [[loopback]] });
  const error = await post(guard, url);
  expect(error instanceof TargetRefusedError).toBe(!passes);
  expect(connected).toHaveLength(passes ? 1 : 0);
});

test("An allowed address does not allow the other addresses of its name", async () => {
  const lookups = [[loopback, { address: "10.0.0.1", family: 4 }]];
  const { guard, connected } = recordingGuard({ allowTargets: ["127.0.0.1"], lookups });
  expect(await post(guard, "http://listener.test/")).toBeInstanceOf(TargetRefusedError);
  expect(connected).toEqual([]);
});

test("The guard allows every target with allowAll", async () => {
  const { guard, connected } = recordingGuard({ allowAll: true, lookups: [[publicV4, loopback]] });
  await post(guard, "http://169.254.169.254/");
  await post(guard, "http://listener.test/");
  expect(connected).toEqual([["169.254.169.254"], [publicV4.address, loopback.address]]);
});

test.each([
  ["2130706433", "2130706433 is 127.0.0.1, a loopback address; allow it with --allow-target 127.0.0.1"],
  ["[fd00::1]", "[fd00::1] is fd00::1, a unique-local address; allow it with --allow-target fd00::1"],
  ["a b", "a b is not a host"],
  ["8.8.8.8", undefined],
  ["listener.test", undefined],
])("The decision on %s is known before anything is sent", (host, message) => {
  const guard = createTargetGuard({ allowAll: false, allowTargets: [] });
  expect(guard.decide({ host, port: 80 })?.message).toBe(message);
});

test("An entry of allowTargets that cannot be understood is an error that names it", () => {
  expect(() => createTargetGuard({ allowAll: false, allowTargets: ["10.0.0.0/33"] })).toThrow(
    '"10.0.0.0/33" is not',
  );
});

interface Recording extends Partial<TargetGuardOptions> {
  /** The addresses that the names resolve to, lookup by lookup. */
  lookups?: LookupAddress[][];
  /** True if a connection asks for all addresses of a name. */
  all?: boolean;
}

/** A guard whose lookups are answered from a table, and whose connections fail once they are recorded. */
function recordingGuard({ lookups = [], all = true, ...options }: Recording = {}) {
  const connected: string[][] = [];
  const lookedUp: string[] = [];
  const lookup: LookupFunction = (host, options, callback) => {
    lookedUp.push(host);
    const found = lookups.shift() ?? [];
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
  const guard = createTargetGuard({
    allowAll: false,
    allowTargets: [],
    lookup,
    buildConnect:
      ({ lookup }) =>
      ({ hostname, protocol, servername = hostname }, callback) => {
        const record = (...addresses: string[]) => {
          connected.push(addresses);
          queueMicrotask(() => callback(new Error("recorded"), null));
        };
        // The address that undici would connect to; see its lib/core/connect.js.
        if (protocol === "http:" && servername !== hostname) return record(servername);
        if (/^[\d.]+$|:/.test(hostname)) return record(hostname);
        lookup(hostname, { all }, (error, found) => {
          if (error) callback(error, null);
          else if (typeof found === "string") record(found);
          else record(...found.map(({ address }) => address));
        });
      },
    ...options,
  });
  return { guard, connected, lookedUp };
}

/** Returns the error of a request through the guard's agent; here each of them fails. */
function post({ agent }: TargetGuard, url: string, headers: Record<string, string> = {}): Promise<unknown> {
  return request(url, { method: "POST", dispatcher: agent, body: "{}", headers }).then(
    ({ statusCode }) => statusCode,
    (error: unknown) => error,
  );
}
