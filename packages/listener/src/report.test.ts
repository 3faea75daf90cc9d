import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FailureCode, Refusal, statuses } from "./failure.ts";
import { createReporter } from "./report.ts";

const warn = vi.fn();
const error = vi.fn();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.spyOn(console, "warn").mockImplementation(warn);
  vi.spyOn(console, "error").mockImplementation(error);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  warn.mockReset();
  error.mockReset();
});

const request = {
  method: "POST",
  url: "/the-path-secret",
  headers: { get: () => null },
  remoteAddress: undefined,
  body: new TextEncoder().encode("the password"),
};

/** A reporter, called with refusals. */
function createWatched() {
  const report = createReporter();
  return (code: FailureCode, reason = "refused") =>
    report(new Refusal(code, reason), { code, status: statuses[code], request });
}

test("each cause has one line a minute", () => {
  const report = createWatched();
  report("NOT_VERIFIED");
  vi.advanceTimersByTime(59_999);
  report("NOT_VERIFIED");
  report("ADDRESS_NOT_ALLOWED");
  expect(warn).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1);
  for (let count = 0; count < 3; count += 1) report("NOT_VERIFIED");
  report("ADDRESS_NOT_ALLOWED");
  expect(warn).toHaveBeenCalledTimes(3);
});

test("each type without a handler has a line of its own, up to 100 a minute", () => {
  const report = createWatched();
  for (let count = 0; count < 1_000; count += 1) report("NO_HANDLER", `no handler for the type ${count}`);
  expect(warn).toHaveBeenCalledTimes(100);
  vi.advanceTimersByTime(60_000);
  report("NO_HANDLER", "no handler for the type 1000");
  expect(warn).toHaveBeenCalledTimes(101);
});

test.each([
  "METHOD_NOT_ALLOWED",
  "ADDRESS_NOT_ALLOWED",
  "UNSUPPORTED_MEDIA_TYPE",
  "COMPRESSED_BODY",
  "BODY_TOO_LARGE",
  "BODY_TOO_SLOW",
  "BODY_INCOMPLETE",
  "INVALID_JSON",
  "NOT_VERIFIED",
  "UNDOCUMENTED_MESSAGE",
  "NO_HANDLER",
] as const)("the line of %s names the code and the status, and nothing of the request", (code) => {
  createWatched()(code);
  const [line] = warn.mock.calls[0] ?? [];
  expect(line).toContain(code);
  if (statuses[code] >= 400) expect(line).toContain(String(statuses[code]));
  expect(line).not.toMatch(/\n|the-path-secret|the password/);
  expect(error).not.toHaveBeenCalled();
});

test("what a function of the program threw is not shown in a line", () => {
  createReporter()(new Error("the password"), { code: "NOT_VERIFIED", status: 401, request });
  expect(warn).toHaveBeenCalledOnce();
  expect(warn.mock.calls[0]?.[0]).not.toContain("the password");
});

test.each([
  "HANDLER_FAILED",
  "HANDLER_TIMEOUT",
  "BEING_HANDLED",
  "SEEN_FAILED",
  "BODY_ALREADY_READ",
  "NOT_A_WEB_REQUEST",
] as const)("every %s is an error with its cause", (code) => {
  const cause = new Error("full disk");
  const report = createReporter();
  for (let count = 0; count < 2; count += 1) report(cause, { code, status: statuses[code], request });
  expect(error).toHaveBeenCalledTimes(2);
  expect(error).toHaveBeenCalledWith(expect.stringContaining(code), cause);
  expect(warn).not.toHaveBeenCalled();
});
