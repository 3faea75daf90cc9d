import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { useMock } from "./harness.ts";

const textOf = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
const readme = textOf("README.md");
const example = textOf("packages/client/examples/register.ts");
const mock = useMock();

test("the README shows the example as it is", () => {
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
});

test("the example prints what the README says", async () => {
  const [, output] = /pnpm@12 example\n(.*?)```/s.exec(readme) ?? [];
  const here = example.replace('environment: "mock"', `environment: "mock", origin: "${mock.origin()}"`);
  expect(here).not.toBe(example);
  const cwd = fileURLToPath(new URL("../../../packages/client/", import.meta.url));
  const options = ["--input-type=module-typescript", "--eval", here];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd });
  expect(stdout).toBe(output);
});
