import { expect, test } from "vitest";
import { runAll } from "./run-all.ts";

test("Each step runs after the one before it, also when that fails, and the first failure is thrown", async () => {
  const ended: string[] = [];
  const running = runAll([
    async () => {
      await Promise.resolve();
      ended.push("first");
    },
    () => {
      throw new RangeError();
    },
    () => Promise.reject(new TypeError()),
    () => ended.push("last"),
  ]);
  await expect(running).rejects.toThrow(RangeError);
  expect(ended).toEqual(["first", "last"]);
});
