import { expect, test } from "vitest";
import { isLoopbackHost } from "./loopback.ts";

test.each(["localhost", "LOCALHOST:4010", "127.0.0.1", "127.8.9.10:1", "::1", "[::1]", "[::1]:4010"])(
  "The host %s is loopback",
  (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  },
);

test.each([
  "",
  "example.com",
  "localhost.example.com",
  "127.0.0.1.example.com",
  "127.0.0.1x",
  "127.0.0",
  "128.0.0.1",
  "0.0.0.0",
  "::",
  "localhost:4010:1",
])("The host '%s' is not loopback", (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});
