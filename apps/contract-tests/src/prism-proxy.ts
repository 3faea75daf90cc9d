import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@thingspace-callbacks/test-support";
import { baseOf } from "./call.ts";

const command = fileURLToPath(import.meta.resolve("@stoplight/prism-cli"));

/** Runs the stock `prism proxy` command in front of a mock, for as long as `use` takes; it is given the base URL. */
export async function withPrismProxy(
  api: string,
  origin: string,
  use: (server: string) => Promise<void>,
): Promise<void> {
  const port = await findFreePort();
  const document = fileURLToPath(
    import.meta.resolve(`@thingspace-callbacks/contract/tools/${api}.client.json`),
  );
  const args = [command, "proxy", document, origin + baseOf(api), "--port", String(port), "-v", "info"];
  const prism = spawn(process.execPath, args);
  const ended = once(prism, "exit");
  let log = "";
  prism.stderr.on("data", (chunk) => {
    log += chunk;
  });
  try {
    for await (const line of createInterface({ input: prism.stdout })) {
      log += `${line}\n`;
      if (line.includes("Prism is listening")) break;
    }
    if (prism.exitCode !== null) throw new Error(`prism proxy ended: ${log}`);
    prism.stdout.resume();
    await use(`http://127.0.0.1:${port}`);
  } finally {
    prism.kill();
    await ended;
  }
}
