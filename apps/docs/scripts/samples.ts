import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { apis, listOperations } from "@thingspace-callbacks/contract";
import { samplesOf } from "../src/samples/samples.ts";

const folder = fileURLToPath(new URL("../generated/samples/", import.meta.url));
const extensions: Record<string, string> = {
  typescript: "ts",
  shell: "sh",
  python: "py",
  java: "java",
  go: "go",
  csharp: "cs",
  php: "php",
  ruby: "rb",
};

/** Writes the samples of each operation to files, so that the tests can run them: `<api>/<operationId>.<extension>`. */
export async function sampleFiles(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const api of apis) {
    await mkdir(folder + api.name, { recursive: true });
    for (const operation of listOperations(api)) {
      for (const { lang, source } of samplesOf(api, operation)) {
        const text = lang === "typescript" ? `${source}\nexport {};\n` : `${source}\n`;
        await writeFile(`${folder}${api.name}/${operation.operationId}.${extensions[lang]}`, text);
      }
    }
  }
}
