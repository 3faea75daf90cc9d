import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { launchBrowser } from "@thingspace-callbacks/contract-tests/browser";
import { bundleDriver, type Input, type Runtime } from "./runtime.ts";

/** A page in Chromium, of an origin that is not the mock's. */
export const chromium: Runtime = async (folder, input) => {
  const path = await bundleDriver(folder, "browser.driver.js", { platform: "browser" }, "iife");
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.addScriptTag({ path });
    return await page.evaluate(
      (input) => (globalThis as unknown as { program(input: Input): Promise<unknown> }).program(input),
      input,
    );
  } finally {
    await browser.close();
    server.close();
  }
};
