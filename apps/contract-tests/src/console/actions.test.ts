import { expect, test } from "vitest";
import { useConsole } from "./use-console.ts";

const console = useConsole();
const account = "0242078689-00001";

test("A registration that is made in the console appears in the lists, and a message with edited members arrives", async () => {
  const page = await console.open("do/register");
  await page.getByLabel("url", { exact: false }).first().fill(console.listenerUrl());
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("200", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Registrations" }).click();
  await page.getByText(console.listenerUrl()).waitFor();

  await page.getByRole("link", { name: "Send a message" }).click();
  await page.getByLabel("type").fill("upgradeScheduled");
  const message = { upgradeScheduled: { upgradeId: "edited-in-the-console" } };
  await page.getByLabel("message").fill(JSON.stringify(message));
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("202", { exact: true }).waitFor();
  await expect.poll(() => console.received).toMatchObject([message]);

  await page.getByRole("link", { name: "Deliveries" }).click();
  const row = page.getByRole("option", { name: /upgradeScheduled.*delivered/ });
  await row.click();
  await page.getByRole("cell", { name: "200" }).waitFor();
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("Sent again as delivery 2.").waitFor();
  await page.getByRole("option", { name: /^2 / }).waitFor();
  await expect.poll(() => console.received.length).toBe(2);
  await page.close();
});

test("Requests appear while they are made, and the filter finds them", async () => {
  const page = await console.open("requests");
  await console.register(console.listenerUrl());
  await page.getByRole("option", { name: /in POST .*200/ }).click();
  await page.getByText("registerCallback").first().waitFor();
  await page.getByLabel("Filter").fill("no such text");
  await page.getByText("0 requests").waitFor();
  await page.getByLabel("Filter").fill(account);
  await page.getByText("1 request", { exact: true }).waitFor();
  await page.close();
});

test("A refused request says why it was refused", async () => {
  const page = await console.open("requests");
  await console.register("no URL", { status: 400 });
  await page.getByRole("option", { name: /in POST .*400/ }).click();
  await page.getByRole("heading", { name: "Why it was refused" }).waitFor();
  await page.getByText("INVALID_PARAMETER").waitFor();
  await page.close();
});

test("An upgrade is played, and each of its messages arrives", async () => {
  await console.register(console.listenerUrl());
  const page = await console.open("do/playUpgrade");
  await page.getByRole("button", { name: "Play" }).click();
  await page.getByText("202", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Deliveries" }).click();
  await page.getByRole("option", { name: /upgradeFinished.*delivered/ }).waitFor();
  expect(console.received.length).toBeGreaterThan(3);
  await page.close();
});

test("A fault that is added appears in the list and applies, until all are removed", async () => {
  const page = await console.open("do/addFault");
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByText("200", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Faults" }).click();
  await page.getByText("status 503").waitFor();
  await page.getByRole("button", { name: "Remove all faults" }).click();
  await page.getByText("No fault is active").waitFor();
  await page.close();
});

test("The result of a form disappears when the form is edited, also when it cannot be sent then", async () => {
  const page = await console.open("do/register");
  const done = page.getByText("200", { exact: true });
  await page.getByRole("button", { name: "Register" }).click();
  await done.waitFor();
  await page.getByLabel("Account", { exact: true }).fill("0000123456-00001");
  expect(await done.count()).toBe(0);

  await page.getByRole("link", { name: "Add a fault" }).click();
  await page.getByRole("button", { name: "Add" }).click();
  await done.waitFor();
  await page.getByLabel("status").fill("99");
  await page.getByRole("button", { name: "Add" }).click();
  expect(await done.count()).toBe(0);
  await page.close();
});

test("The clock is advanced, frozen and reset", async () => {
  const page = await console.open("do/setClock");
  await page.getByRole("button", { name: "Advance by 1 hour" }).click();
  await page.getByRole("link", { name: /Clock of the mock: .* ahead$/ }).waitFor();
  await page.getByRole("button", { name: "Freeze" }).click();
  await page.getByRole("link", { name: /Clock of the mock: .* frozen$/ }).waitFor();
  await page.getByRole("button", { name: "Back to the real time" }).click();
  await page.getByRole("link", { name: /Clock of the mock: .* UTC$/ }).waitFor();
  await page.close();
});

test("A space is saved, reset and restored", async () => {
  await console.register(console.listenerUrl());
  const page = await console.open("do/snapshots");
  await page.getByLabel("name").fill("registered");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("registered, saved").waitFor();
  await page.getByRole("link", { name: "Reset" }).click();
  await page.getByRole("button", { name: "Reset" }).click();
  await page.getByRole("button", { name: "Yes, reset the space" }).click();
  await page.getByText("The space was reset.").waitFor();
  await page.getByRole("link", { name: "Registrations" }).click();
  await page.getByText("No callback is registered.").waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "Save and restore" }).click();
  await page.getByRole("button", { name: "Restore registered" }).click();
  await page.getByText("Restored.").waitFor();
  await page.getByRole("link", { name: "Registrations" }).click();
  await page.getByText(console.listenerUrl()).waitFor();
  await page.close();
});

test("A name that no space can have is refused together with the rule for names", async () => {
  const page = await console.open("registrations");
  await page.getByRole("button", { name: "New" }).click();
  const name = page.getByLabel("New space");
  const isRefused = () => name.evaluate((input: HTMLInputElement) => input.validity.patternMismatch);
  await name.fill("bad name!");
  expect(await isRefused()).toBe(true);
  expect(await name.getAttribute("title")).toMatch(/letters, digits, hyphens and underscores/);
  await name.fill("team_a-1");
  expect(await isRefused()).toBe(false);
  await page.close();
});

test("Another space is opened, and shows only what is in it", async () => {
  await console.register(console.listenerUrl());
  const page = await console.open("registrations");
  await page.getByText(console.listenerUrl()).waitFor();
  await page.getByRole("button", { name: "New" }).click();
  await page.getByLabel("New space").fill("team-a");
  await page.getByRole("button", { name: "Open" }).click();
  await page.getByText("No callback is registered.").waitFor();
  await page.getByLabel("Space").selectOption("default");
  await page.getByText(console.listenerUrl()).waitFor();
  await page.close();
});
