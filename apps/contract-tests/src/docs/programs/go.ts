import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type SampleProgram, startProgram } from "./program.ts";
import type { SampleFile } from "./sample-file.ts";

const run = promisify(execFile);

/** Compiles samples in Go as one program, and starts it: `v1/registerCallback` runs the sample of this name. */
export async function startGo(samples: SampleFile[], env: Record<string, string>): Promise<SampleProgram> {
  const folder = await mkdtemp(join(tmpdir(), "samples-go-"));
  await writeFile(join(folder, "go.mod"), "module samples\n\ngo 1.22\n");
  for (const { api, operationId, source } of samples) {
    await mkdir(join(folder, api, operationId), { recursive: true });
    await writeFile(join(folder, api, operationId, "sample.go"), asPackage(source));
  }
  await writeFile(join(folder, "main.go"), mainOf(samples));
  // The main file is generated here, so its format does not matter.
  const folders = [...new Set(samples.map(({ api }) => join(folder, api)))];
  const unformatted = await run("gofmt", ["-l", ...folders]);
  if (unformatted.stdout) throw new Error(`gofmt would change ${unformatted.stdout}`);
  const offline = { ...process.env, GOTOOLCHAIN: "local", GOFLAGS: "-mod=mod", GOPROXY: "off" };
  await run("go", ["build", "-ldflags=-s -w", "-o", "run", "."], { cwd: folder, env: offline });
  return startProgram({ command: join(folder, "run"), folder }, env);
}

/** A program can import a package, but not another program. */
const asPackage = (source: string) =>
  source.replace("package main\n", "package sample\n").replace("func main() {", "func Run() {");

function mainOf(samples: SampleFile[]): string {
  const imports = samples.map(
    ({ api, operationId }) => `\t${api}_${operationId} "samples/${api}/${operationId}"`,
  );
  const cases = samples.flatMap(({ api, operationId }) => [
    `\t\tcase "${api}/${operationId}":`,
    `\t\t\t${api}_${operationId}.Run()`,
  ]);
  return [
    "package main",
    "",
    "import (",
    '\t"bufio"',
    '\t"fmt"',
    '\t"os"',
    "",
    ...imports,
    ")",
    "",
    "func main() {",
    '\tfmt.Println("== end")',
    "\tlines := bufio.NewScanner(os.Stdin)",
    "\tfor lines.Scan() {",
    "\t\tswitch lines.Text() {",
    ...cases,
    "\t\t}",
    '\t\tfmt.Println("== end")',
    "\t}",
    "}",
    "",
  ].join("\n");
}
