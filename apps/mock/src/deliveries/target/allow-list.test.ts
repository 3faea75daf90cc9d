import ipaddr from "ipaddr.js";
import { expect, test } from "vitest";
import { createAllowList } from "./allow-list.ts";

test.each([
  ["127.0.0.1", "127.0.0.1", 80],
  ["127.0.0.1", "0x7f.1", 80],
  ["127.0.0.1", "[::ffff:127.0.0.1]", 80],
  ["::ffff:127.0.0.1", "127.0.0.1", 80],
  ["127.0.0.1:8080", "127.0.0.1", 8080],
  ["127.0.0.1:80", "127.0.0.1", 80],
  ["::1", "[::1]", 80],
  ["[::1]", "::1", 80],
  ["[::1]:8080", "[::1]", 8080],
  ["10.0.0.0/8", "10.255.0.1", 443],
  ["10.1.2.3/8", "10.255.0.1", 443],
  ["0.0.0.0/0", "127.0.0.1", 443],
  ["fc00::/7", "[fd00::1]", 443],
  ["64:ff9b::/96", "[64:ff9b::7f00:1]", 443],
  ["listener.test", "listener.test", 443],
  ["Listener.Test", "LISTENER.test.", 443],
  ["listener.test:443", "listener.test", 443],
  ["localhost", "localhost", 80],
  ["my_service", "my_service", 80],
])("%s allows %s at port %i", (entry, host, port) => {
  expect(createAllowList([entry])(host, port)).toBe(true);
});

test.each([
  ["127.0.0.1", "127.0.0.2", 80],
  ["127.0.0.1:8080", "127.0.0.1", 8081],
  ["127.0.0.1:80", "127.0.0.1", 8080],
  ["[::1]:8080", "[::1]", 80],
  ["10.0.0.0/8", "11.0.0.1", 80],
  ["10.0.0.0/8", "[fd00::1]", 80],
  ["64:ff9b::7f00:1", "127.0.0.1", 80],
  ["listener.test", "a.listener.test", 80],
  ["listener.test", "listener.test.evil.test", 80],
  ["listener.test:443", "listener.test", 80],
  ["127.0.0.1", "localhost", 80],
])("%s does not allow %s at port %i", (entry, host, port) => {
  expect(createAllowList([entry])(host, port)).toBe(false);
});

test("A name is allowed by the address that it resolves to", () => {
  const allows = createAllowList(["10.0.0.0/8", "127.0.0.1:8080"]);
  expect(allows("listener.test", 80, ipaddr.parse("10.0.0.1"))).toBe(true);
  expect(allows("listener.test", 8080, ipaddr.parse("127.0.0.1"))).toBe(true);
  expect(allows("listener.test", 80, ipaddr.parse("127.0.0.1"))).toBe(false);
});

test("An empty list allows nothing", () => {
  expect(createAllowList([])("listener.test", 80)).toBe(false);
});

test.each([
  "",
  " ",
  "http://listener.test",
  "listener.test/path",
  "*.listener.test",
  "*",
  "user@listener.test",
  "listener.test:",
  "listener.test:0",
  "listener.test:65536",
  "listener.test:http",
  "a,b",
  "10/8",
  "10.0.0.0/33",
  "010.0.0.0/8",
  "10.0.0.0/8:80",
  "fc00::/129",
  "10.0.0",
  "2130706433",
  "256.0.0.1",
  "[::1",
  "::1]",
  "[127.0.0.1]",
  "[listener.test]:80",
])("%j is not an entry, and the error names it", (entry) => {
  expect(() => createAllowList(["127.0.0.1", entry])).toThrow(`"${entry}" is not a host`);
});
