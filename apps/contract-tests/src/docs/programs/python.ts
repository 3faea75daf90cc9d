import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type SampleProgram, startProgram } from "./program.ts";
import type { SampleFile } from "./sample-file.ts";

/** Starts a program that runs samples in Python: `v1/registerCallback` runs the sample of this name. */
export async function startPython(
  samples: SampleFile[],
  env: Record<string, string>,
): Promise<SampleProgram> {
  const folder = await mkdtemp(join(tmpdir(), "samples-python-"));
  for (const { api, operationId, source } of samples) {
    await mkdir(join(folder, api), { recursive: true });
    await writeFile(join(folder, api, `${operationId}.py`), source);
  }
  const args = [fileURLToPath(new URL("run.py", import.meta.url)), folder];
  return startProgram({ command: "python3", args, folder }, env);
}
