import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { useMock } from "./harness.ts";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const mock = useMock();

test("the README's example prints what the README says", async () => {
  const [, code = "", output = ""] =
    /```ts\n(.*?)```\n\nWith the mock running it prints:\n\n```console\n(.*?)```/s.exec(readme) ?? [];
  const here = code.replace('environment: "mock"', `environment: "mock", origin: "${mock.origin()}"`);
  expect(here).not.toBe(code);
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module-typescript",
    "--eval",
    here,
  ]);
  expect(stdout).toBe(output);
});
