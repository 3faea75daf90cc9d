import { test } from "vitest";
import { startInstances } from "../instances.ts";
import { useConsole } from "./use-console.ts";

const console = useConsole({}, startInstances);

test("Behind a balancer the console shows what each of two instances was sent, and plays an upgrade", async () => {
  const page = await console.open("requests");
  // One after the other, so that each instance gets one of two.
  for (let count = 0; count < 2; count += 1) await console.register(console.listenerUrl());
  await page.getByText("2 requests", { exact: true }).waitFor();
  const other = await console.open("do/playUpgrade");
  await other.getByRole("button", { name: "Play" }).click();
  await other.getByText("202", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Deliveries" }).click();
  await page.getByRole("option", { name: /upgradeFinished.*delivered/ }).waitFor();
  await Promise.all([page.close(), other.close()]);
});
