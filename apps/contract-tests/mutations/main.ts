// `pnpm test:mutations [name ...]`: makes one deliberate defect after the other in a copy of the project, and runs the
// check that must find it. Ends with 1 when a defect goes unnoticed, or cannot be made any more. `--list` names them;
// `--write` writes the table of the README.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { type Copy, copyTree } from "./copy.ts";
import { MutationError } from "./edits/edit.ts";
import type { Mutation } from "./mutation.ts";
import { mutations } from "./mutations.ts";
import { writeTable } from "./table.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values, positionals } = readArguments();
const chosen = chooseMutations(positionals);
if (values.list) {
  for (const { name, guard } of chosen) console.log(`${guard}  ${name}`);
} else if (values.write) {
  writeTable();
} else {
  process.exitCode = (await run()) ? 0 : 1;
}

function readArguments() {
  try {
    return parseArgs({
      options: { list: { type: "boolean" }, write: { type: "boolean" } },
      allowPositionals: true,
    });
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

function chooseMutations(names: string[]): Mutation[] {
  const unknown = names.filter((name) => !mutations.some((mutation) => mutation.name === name));
  if (unknown.length > 0) {
    console.error(`Unknown mutation ${unknown.join(", ")}. --list shows the names.`);
    process.exit(2);
  }
  return mutations.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function run(): Promise<boolean> {
  // Generated files exist in the copy only.
  const stale = chosen
    .filter(({ file }) => !isGenerated(file))
    .flatMap((mutation) => findProblem(root, mutation));
  for (const problem of stale) console.error(problem);
  if (stale.length > 0) return false;
  const copy = await copyTree();
  try {
    return (await passesUnchanged(copy)) && (await tryAll(copy));
  } finally {
    copy.remove();
  }
}

/** Returns why a mutation does not apply to the project as it is now, if so. */
function findProblem(folder: string, mutation: Mutation): string[] {
  try {
    mutate(readFileSync(join(folder, mutation.file), "utf8"), mutation);
    return [];
  } catch (error) {
    if (!(error instanceof MutationError)) throw error;
    return [`${mutation.name} does not apply to ${mutation.file} any more: ${error.message}.`];
  }
}

function mutate(text: string, { edit }: Mutation): string {
  const mutated = edit(text);
  if (mutated === text) throw new MutationError("it changes nothing");
  return mutated;
}

/** Returns true for a generated file, which is changed directly. All other files are changed before the build. */
function isGenerated(file: string): boolean {
  return /(^|\/)(dist|generated)\//.test(file);
}

/** The command that builds a package and what it needs. */
function toBuild(folder: string): string {
  return `turbo run build --filter='{./${folder}}...' --output-logs=errors-only`;
}

async function passesUnchanged(copy: Copy): Promise<boolean> {
  console.log(`A copy of the project is in ${copy.folder}.`);
  await demand(copy, "pnpm install --frozen-lockfile --prefer-offline");
  for (const folder of new Set(chosen.map(({ check }) => check.folder))) await demand(copy, toBuild(folder));
  const checks = new Map(chosen.map(({ check }) => [check.folder + check.command, check]));
  console.log(`Without a defect each of ${checks.size} checks must pass:`);
  for (const { folder, command } of checks.values()) {
    const { code, output } = await copy.run(folder, command);
    console.log(`  ${code === 0 ? "passes" : "FAILS "}  ${folder}: ${command}`);
    if (code !== 0) {
      console.error(output);
      return false;
    }
  }
  return true;
}

async function tryAll(copy: Copy): Promise<boolean> {
  let caught = 0;
  for (const [index, mutation] of chosen.entries()) {
    const start = Date.now();
    const { failure, output } = await tryOne(copy, mutation);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    const verdict = failure === undefined ? "caught" : `NOT CAUGHT: ${failure}`;
    console.log(`[${index + 1}/${chosen.length}] ${mutation.name}: ${verdict} (${seconds} s)`);
    if (failure === undefined) caught += 1;
    else console.error(output.split("\n").slice(-40).join("\n"));
  }
  console.log(`${caught} of ${chosen.length} caught.`);
  return caught === chosen.length;
}

/** Makes the defect, runs the check, and removes the defect. */
async function tryOne(copy: Copy, mutation: Mutation): Promise<{ failure?: string; output: string }> {
  const { check, says } = mutation;
  const file = join(copy.folder, mutation.file);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, mutate(text, mutation));
  const isBuilt = !isGenerated(mutation.file);
  try {
    if (isBuilt) {
      const built = await copy.run("", toBuild(check.folder));
      if (built.code !== 0) return { failure: "it does not build", output: built.output };
    }
    const { code, output } = await copy.run(check.folder, check.command);
    const plain = stripVTControlCharacters(output);
    if (code === 0) return { failure: "the check passes", output: plain };
    const unsaid = says.find((words) => !plain.includes(words));
    if (unsaid !== undefined) return { failure: `the check does not say "${unsaid}"`, output: plain };
    return { output: plain };
  } finally {
    writeFileSync(file, text);
    if (isBuilt) await demand(copy, toBuild(check.folder));
  }
}

async function demand(copy: Copy, command: string): Promise<void> {
  const { code, output } = await copy.run("", command);
  if (code !== 0) throw new Error(`${command} failed:\n${output}`);
}
