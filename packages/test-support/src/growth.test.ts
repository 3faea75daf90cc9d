import { setImmediate as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { assertLinear } from "./growth.ts";

test("A function that reads its input once passes", async () => {
  await assertLinear({ input: (size) => "a=b&".repeat(size), run: (text) => text.split("&").length });
});

test("A function that takes a few nanoseconds whatever its input passes", async () => {
  await assertLinear({ input: (size) => "a".repeat(size), run: (text) => text.length });
});

test("A function that sorts passes", async () => {
  const input = (size: number) => Array.from({ length: size }, (_, index) => (index * 7_919) % size);
  await assertLinear({ input, run: (numbers) => numbers.toSorted((a, b) => a - b) });
});

test("A promise is waited for", async () => {
  const run = async (text: string) => {
    await wait();
    return text.replace(/a+b/g, "");
  };
  const slow = assertLinear({ input: (size) => "a".repeat(size), run, largestSize: 16_000 });
  await expect(slow).rejects.toThrow(/time \d/);
});

test.each([
  {
    name: "an expression that begins again at each character",
    input: (size: number) => "?".repeat(size),
    run: (text: string) => text.replace(/([?&])([^=&#]*)=/g, ""),
  },
  {
    name: "a list that is searched for each of its items",
    input: (size: number) => Array.from({ length: size }, (_, index) => index),
    run: (numbers: number[]) => numbers.filter((number, index) => numbers.indexOf(number) === index),
  },
])("A quadratic function fails: $name", async ({ input, run }) => {
  await expect(assertLinear<never>({ input: input as never, run })).rejects.toThrow(/time \d/);
});

test("A quadratic function fails within an input limit of 16,000", async () => {
  const run = (header: string) => [...header.matchAll(/([\w-]+)\s*=/g)];
  const slow = assertLinear({ input: (size) => "a".repeat(size), run, largestSize: 16_000 });
  await expect(slow).rejects.toThrow(/time \d/);
});

test("An error of the function is not taken for a result", async () => {
  const run = () => {
    throw new TypeError("broken");
  };
  await expect(assertLinear({ input: (size) => size, run })).rejects.toThrow("broken");
});
