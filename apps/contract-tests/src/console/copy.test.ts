import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { useConsole } from "./use-console.ts";

const controlToken = "only-for-this-test";
const console = useConsole({ controlToken });
const vitest = fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json")));

/** Writes code into a folder where the packages are found, runs a command there, and resolves with what it prints. */
async function runCopied(file: string, code: string, [program = "", ...args]: string[]): Promise<string> {
  const cwd = await mkdtemp(join(fileURLToPath(new URL("../..", import.meta.url)), ".copied-"));
  try {
    await writeFile(join(cwd, file), code);
    const { stdout } = await promisify(execFile)(program, args, { cwd });
    return stdout;
  } finally {
    await rm(cwd, { recursive: true });
  }
}

const run = (command: string) => promisify(execFile)("sh", ["-c", `${command} --silent --fail`]);

test("The token is asked for once, kept in memory only, and in nothing that is copied", async () => {
  const context = await console.browser().newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${console.origin()}/mock/console/#requests`);
  const dialog = page.getByRole("dialog", { name: "This mock needs its control token" });
  await dialog.getByLabel("Control token").fill("wrong");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialog.getByText("The token is wrong.").waitFor();
  await dialog.getByLabel("Control token").fill(controlToken);
  await dialog.getByRole("button", { name: "Continue" }).click();

  // The empty list has a command that works: it fills the list.
  const command = await page.locator("pre").textContent();
  await run(command ?? "");
  await page.getByRole("option", { name: /POST .* 200/ }).click();
  const copied = async (form: string) => {
    await page.getByRole("button", { name: `Copy as ${form}` }).click();
    await page.getByText("Copied").waitFor();
    await page.getByText("Copied").waitFor({ state: "hidden" });
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await run(await copied("curl"));
  await page.getByText("2 requests").waitFor();
  const clientCode = await copied("client code");
  expect(clientCode).toContain('thingspace.v1.registerCallback("0242078689-00001", {');
  const printed = await runCopied("code.mjs", clientCode, [process.execPath, "code.mjs"]);
  expect(printed).toMatch(/^200 /);
  await page.getByText("3 requests").waitFor();
  const testCode = await copied("a test");
  await runCopied("copied.test.mjs", testCode, [
    process.execPath,
    vitest,
    "run",
    "--root",
    ".",
    "--testTimeout=60000",
  ]);

  await page.getByRole("link", { name: "Actions" }).click();
  await page.getByRole("link", { name: "Add a fault" }).click();
  const control = await copied("curl");
  expect(control).not.toContain(controlToken);
  await run(control.replace("YOUR_CONTROL_TOKEN", controlToken));
  await page.getByRole("link", { name: "Faults" }).click();
  await page.getByText("status 503").waitFor();

  expect(await dialog.count()).toBe(0);
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  await context.close();
});
