import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import bundled, { inflate, setupLambdaEnvironment } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  // Without these Chromium calls home at its start, which a closed network shows as failed requests.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Starts the Chromium of this machine where there is one, otherwise the one that came with the npm packages. */
export async function launchBrowser(): Promise<Browser> {
  // The npm packages have Chromium for Linux only.
  if (process.platform !== "linux") return chromium.launch({ channel: "chrome", args });
  const installed = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));
  return chromium.launch({ executablePath: installed ?? (await bundledChromium()), args });
}

/** Unpacks the bundled Chromium, with the libraries that a bare machine lacks. */
async function bundledChromium(): Promise<string> {
  const libraries = new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium"));
  await inflate(fileURLToPath(libraries));
  setupLambdaEnvironment(join(tmpdir(), "al2023", "lib"));
  return bundled.executablePath();
}
