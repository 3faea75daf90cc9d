import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type SampleProgram, startProgram } from "./program.ts";
import type { SampleFile } from "./sample-file.ts";

/** Options for a short run: code that runs once is not worth optimizing, nor its memory several threads. */
const quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/** Compiles samples in Java, and starts a program that runs the class of each: `v1/RegisterCallback`. */
export async function startJava(samples: SampleFile[], env: Record<string, string>): Promise<SampleProgram> {
  const folder = await mkdtemp(join(tmpdir(), "samples-java-"));
  for (const { api, operationId, source } of samples) {
    await mkdir(join(folder, api), { recursive: true });
    await writeFile(join(folder, api, `${operationId}.java`), source);
  }
  const args = [...quick, fileURLToPath(new URL("Run.java", import.meta.url)), folder];
  return startProgram({ command: "java", args, folder }, env);
}
