// `pnpm prism v1`: serves one document with the stock `prism mock` command. Further arguments go to Prism.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import { writePrismDocument } from "./prism-document.ts";

const [api = "", ...options] = process.argv.slice(2);
if (!Object.hasOwn(catalogue, api)) {
  console.error(
    `Which document? One of: ${Object.keys(catalogue).join(", ")}. Example: npx --yes pnpm@12 prism v1 --port 4020`,
  );
  process.exit(1);
}

const document = await writePrismDocument(api);
const prism = fileURLToPath(import.meta.resolve("@stoplight/prism-cli"));
const child = spawn(process.execPath, [prism, "mock", document, ...options], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 0));
