import { expect, test } from "vitest";
import { isLoopbackHost, isLoopbackHttp } from "./loopback.ts";

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

test.each([
  { url: "http://localhost/x", isLoopback: true },
  { url: "HTTP://127.1:8080", isLoopback: true },
  { url: "http://2130706433", isLoopback: true },
  { url: "https://localhost", isLoopback: false },
  { url: "http://example.com", isLoopback: false },
  { url: "localhost", isLoopback: false },
  { url: 5, isLoopback: false },
])("Whether $url is http to loopback: $isLoopback", ({ url, isLoopback }) => {
  expect(isLoopbackHttp(url)).toBe(isLoopback);
});
