// `pnpm prism v1`: serves one document with the stock `prism mock` command. Further arguments go to Prism.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { apis, findApi } from "@thingspace-callbacks/contract";

const [api = "", ...options] = process.argv.slice(2);
if (!findApi(api)) {
  console.error(
    `Which document? One of: ${apis.map(({ name }) => name).join(", ")}. Example: npx --yes pnpm@12 prism v1 --port 4020`,
  );
  process.exit(1);
}

// Without callbacks, because with them Prism would POST to any URL that a request names.
const document = fileURLToPath(
  import.meta.resolve(`@thingspace-callbacks/contract/tools/${api}.client.json`),
);
const prism = fileURLToPath(import.meta.resolve("@stoplight/prism-cli"));
const child = spawn(process.execPath, [prism, "mock", document, ...options], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 0));
