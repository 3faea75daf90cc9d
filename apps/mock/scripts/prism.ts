// `pnpm prism v1`: serves one document with the stock `prism mock` command. Further arguments go to Prism.
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import catalogue from "@thingspace-callbacks/spec" with { type: "json" };

const [api = "", ...options] = process.argv.slice(2);
if (!Object.hasOwn(catalogue, api)) {
  console.error(
    `Which document? One of: ${Object.keys(catalogue).join(", ")}. Example: npx --yes pnpm@12 prism v1 --port 4020`,
  );
  process.exit(1);
}

// Without `callbacks`: with them Prism would POST to whatever URL a request names.
const bundle = new URL(import.meta.resolve(`@thingspace-callbacks/spec/dist/${api}.json`));
const document = JSON.parse(await readFile(bundle, "utf8"), (key, value) =>
  key === "callbacks" ? undefined : value,
);
const folder = fileURLToPath(new URL("../dist/prism/", import.meta.url));
await mkdir(folder, { recursive: true });
await writeFile(`${folder}${api}.json`, JSON.stringify(document));

const prism = fileURLToPath(import.meta.resolve("@stoplight/prism-cli"));
const child = spawn(process.execPath, [prism, "mock", `${folder}${api}.json`, ...options], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 0));
