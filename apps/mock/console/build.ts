import { cp, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import { collectFacts } from "./collect-facts.ts";

const source = fileURLToPath(new URL(".", import.meta.url));

/** Builds the console into `dist/console/` of the mock. */
export async function buildConsole(): Promise<void> {
  const target = fileURLToPath(new URL("../dist/console/", import.meta.url));
  await mkdir(target, { recursive: true });
  await Promise.all([
    ...["index.html", "console.css"].map((file) => cp(source + file, target + file)),
    build({
      cwd: source,
      input: { console: "./src/main.tsx" },
      platform: "browser",
      transform: { define: { CONSOLE_FACTS: JSON.stringify(collectFacts()) } },
      output: { dir: target, format: "esm", entryFileNames: "[name].js", minify: true },
    }),
  ]);
}
