import { existsSync } from "node:fs";
import bundled from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

// Without these Chromium calls home at its start, which a closed network shows as failed requests.
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts the Chromium of this machine where there is one, otherwise the one that came with the npm packages. */
export async function launchBrowser(): Promise<Browser> {
  const installed = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
  if (installed) return chromium.launch({ executablePath: installed, args: ["--no-sandbox", ...quiet] });
  return chromium.launch({
    executablePath: await bundled.executablePath(),
    args: [...bundled.args, ...quiet],
  });
}
