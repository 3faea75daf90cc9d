// `pnpm test:mutations [name ...]`: makes one deliberate fault after the other in a copy of the project, and runs the
// check that must find it. Ends with 1 when a fault goes unnoticed, or cannot be made any more. `--list` names them;
// `--write` puts the table of a whole run into the README.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { type Copy, copyTree } from "./copy.ts";
import { type Mutation, mutations } from "./mutations.ts";
import { type Caught, writeTable } from "./table.ts";

const { values, positionals } = argumentsOf();
const unknown = positionals.filter((name) => !mutations.some((mutation) => mutation.name === name));
if (unknown.length > 0 || values.list) {
  if (unknown.length > 0) console.error(`There is no mutation ${unknown.join(", ")}. There are:`);
  for (const { name, guard } of mutations) console.log(`${guard}  ${name}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}
const chosen = mutations.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

function argumentsOf() {
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

/** Builds what a room needs. */
const buildOf = (room: string) => `turbo run build --filter='{./${room}}...' --output-logs=errors-only`;
const copy = await copyTree();
try {
  process.exitCode = (await tryAll(copy)) ? 0 : 1;
} finally {
  copy.remove();
}

async function tryAll(copy: Copy): Promise<boolean> {
  console.log(`A copy of the project is made in ${copy.folder}.`);
  await demand(copy, "pnpm install --frozen-lockfile --prefer-offline");
  for (const room of new Set(chosen.map(({ room }) => room))) await demand(copy, buildOf(room));
  const checks = new Map(chosen.map((mutation) => [mutation.room + mutation.command, mutation]));
  console.log(`Without a fault, all must be well (${checks.size} checks):`);
  for (const { room, command } of checks.values()) {
    const { code, output } = await copy.run(room, command);
    console.log(`  ${code === 0 ? "passes" : "FAILS "}  ${room}: ${command}`);
    if (code !== 0) {
      console.error(output);
      return false;
    }
  }

  const caught: Caught[] = [];
  for (const [index, mutation] of chosen.entries()) {
    const start = Date.now();
    const { failure, output } = await tryOne(copy, mutation);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    const verdict = failure === undefined ? "caught" : `NOT CAUGHT: ${failure}`;
    console.log(`[${index + 1}/${chosen.length}] ${mutation.name}: ${verdict} (${seconds} s)`);
    if (failure === undefined) caught.push({ mutation, output });
    else console.error(output.split("\n").slice(-40).join("\n"));
  }
  console.log(`${caught.length} of ${chosen.length} caught.`);
  const isAll = caught.length === mutations.length;
  if (values.write && isAll) writeTable(caught);
  return caught.length === chosen.length;
}

/** Makes the fault, runs the check, and takes the fault back. */
async function tryOne(copy: Copy, mutation: Mutation): Promise<{ failure?: string; output: string }> {
  const file = join(copy.folder, mutation.file);
  const text = readFileSync(file, "utf8");
  const places = text.split(mutation.find).length - 1;
  if (places !== 1) return { failure: `its text is ${places} times in ${mutation.file}`, output: "" };
  // What is made is damaged as it is, the rest before it is built.
  const isMade = /(^|\/)(dist|generated)\//.test(mutation.file);
  writeFileSync(
    file,
    text.replace(mutation.find, () => mutation.replace),
  );
  try {
    if (!isMade) {
      const built = await copy.run("", buildOf(mutation.room));
      if (built.code !== 0) return { failure: "it does not build", output: built.output };
    }
    const { code, output } = await copy.run(mutation.room, mutation.command);
    const plain = stripVTControlCharacters(output);
    if (code === 0) return { failure: "the check passes", output: plain };
    const unsaid = mutation.says.find((words) => !plain.includes(words));
    if (unsaid !== undefined) return { failure: `the check does not say "${unsaid}"`, output: plain };
    return { output: plain };
  } finally {
    writeFileSync(file, text);
    if (!isMade) await demand(copy, buildOf(mutation.room));
  }
}

async function demand(copy: Copy, command: string): Promise<void> {
  const { code, output } = await copy.run("", command);
  if (code !== 0) throw new Error(`${command} failed:\n${output}`);
}
