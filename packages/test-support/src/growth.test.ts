import { setImmediate as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { assertLinear, measureGrowth, timeFactor } from "./growth.ts";

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

test("A quadratic function fails, with the growth that was measured", async () => {
  const run = (text: string) => text.replace(/([?&])([^=&#]*)=/g, "");
  await expect(assertLinear({ input: (size) => "?".repeat(size), run })).rejects.toThrow(/time \d/);
});

// `assertLinear` measures four times before it fails; one measurement shows what it sees.
test("A promise is waited for", async () => {
  const run = async (text: string) => {
    await wait();
    return text.replace(/a+b/g, "");
  };
  const growth = await measureGrowth({ input: (size) => "a".repeat(size), run, largestSize: 16_000 });
  expect(growth).toBeGreaterThan(timeFactor);
});

test("A list that is searched for each of its items grows too fast", async () => {
  const input = (size: number) => Array.from({ length: size }, (_, index) => index);
  const run = (numbers: number[]) => numbers.filter((number, index) => numbers.indexOf(number) === index);
  expect(await measureGrowth({ input, run })).toBeGreaterThan(timeFactor);
});

test("A quadratic function grows too fast within an input limit of 16,000", async () => {
  const run = (header: string) => [...header.matchAll(/([\w-]+)\s*=/g)];
  const growth = await measureGrowth({ input: (size) => "a".repeat(size), run, largestSize: 16_000 });
  expect(growth).toBeGreaterThan(timeFactor);
});

test("An error of the function is not taken for a result", async () => {
  const run = () => {
    throw new TypeError("broken");
  };
  await expect(assertLinear({ input: (size) => size, run })).rejects.toThrow("broken");
});
