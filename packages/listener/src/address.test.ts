import { expect, test } from "vitest";
import { canonicalizeAddress } from "./address.ts";

test.each([
  ["192.0.2.1", "::ffff:192.0.2.1"],
  ["192.0.2.1", "::FFFF:c000:0201"],
  ["2001:db8::1", "2001:0DB8:0:0:0:0:0:1"],
  ["fe80::1", "fe80::1%eth0"],
])("the addresses %s and %s are the same", (one, other) => {
  expect(canonicalizeAddress(one)).toBeDefined();
  expect(canonicalizeAddress(one)).toBe(canonicalizeAddress(other));
});

test.each([
  "",
  "192.0.2",
  "192.0.2.256",
  "192.0.2.01",
  "192.0.2.1:443",
  "192.0.2.0/24",
  "192.0.2.1, 192.0.2.2",
  "0x7f.0.0.1",
  "localhost",
  "[::1]",
  "::1]/[",
  "::1::",
  "%",
])("%j is not an address", (address) => {
  expect(canonicalizeAddress(address)).toBeUndefined();
});
