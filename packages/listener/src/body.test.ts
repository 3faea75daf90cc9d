import { expect, test } from "vitest";
import { createBody } from "./body.ts";

const limits = { maxBodyBytes: 100_000, bodyTimeoutMs: 1 };
const one = (value: number) => Uint8Array.of(value);

test("a body of 1-byte chunks takes no more memory than its size limit", () => {
  const body = createBody(limits);
  for (let index = 0; index < limits.maxBodyBytes; index += 1) body.add(one(index % 251));
  expect(body.bytes().buffer.byteLength).toBeLessThanOrEqual(limits.maxBodyBytes);
  expect(body.bytes().every((value, index) => value === index % 251)).toBe(true);
  expect(() => body.add(one(0))).toThrow(expect.objectContaining({ code: "BODY_TOO_LARGE", status: 413 }));
  expect(body.bytes()).toHaveLength(limits.maxBodyBytes);
});

test("empty chunks of a body change nothing", () => {
  const body = createBody(limits);
  for (const chunk of [[], [1, 2], [], [3], []]) body.add(Uint8Array.from(chunk));
  expect([...body.bytes()]).toEqual([1, 2, 3]);
});

test("the buffer of a received chunk is not written to", () => {
  const first = Uint8Array.of(1, 2, 3).subarray(0, 1);
  const body = createBody(limits);
  body.add(first);
  body.add(one(9));
  expect([...new Uint8Array(first.buffer)]).toEqual([1, 2, 3]);
  expect([...body.bytes()]).toEqual([1, 9]);
});
