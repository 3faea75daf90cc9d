import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { useConsole } from "./use-console.ts";

const controlToken = "only-for-this-test";
const console = useConsole({ controlToken });
const run = (command: string) => promisify(execFile)("sh", ["-c", `${command} --silent --fail`]);

test("The token is asked for once, kept in memory only, and in nothing that is copied", async () => {
  const context = await console.browser().newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
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
  expect(await copied("client code")).toContain('thingspace.v1.registerCallback("0242078689-00001", {');

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
