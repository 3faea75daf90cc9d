// `pnpm pack:all`, `release:check` and `release:publish`.
import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { isAddressSet, readAddress } from "./address.ts";
import { checkTarball } from "./check.ts";
import { run, show } from "./command.ts";
import { packAll } from "./pack.ts";
import { listPublished, root } from "./workspace.ts";

const tarballs = join(root, "tarballs");
const commands = { pack: packTarballs, check, publish };

const [name = ""] = process.argv.slice(2);
if (!Object.hasOwn(commands, name)) {
  console.error(`Which command? One of: ${Object.keys(commands).join(", ")}.`);
  process.exit(1);
}
try {
  await commands[name as keyof typeof commands]();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

/** Leaves every tarball in `tarballs/`. */
async function packTarballs(): Promise<Record<string, string>> {
  await rm(tarballs, { recursive: true, force: true });
  const packed = await packAll(tarballs);
  for (const path of Object.values(packed)) console.log(relative(root, path));
  return packed;
}

/** Packs, and stops when a tarball has a problem. */
async function check(): Promise<Record<string, string>> {
  const packed = await packTarballs();
  let count = 0;
  for (const [name, path] of Object.entries(packed)) {
    const { packed: size, unpacked, problems } = await checkTarball(path);
    console.log(`${name}: ${kilobytes(size)} packed, ${kilobytes(unpacked)} installed`);
    for (const problem of problems) console.log(`  ${problem}`);
    count += problems.length;
  }
  if (count > 0) throw new Error(`${count} problems must be solved before a release.`);
  return packed;
}

/** Publishes the checked tarballs whose versions the registry does not have, then tags them. For CI only. */
async function publish(): Promise<void> {
  const address = readAddress();
  if (!isAddressSet(address)) {
    throw new Error(`${address} is not a real address. Set it first: pnpm release:address https://...`);
  }
  const packed = await check();
  for (const { name, manifest } of listPublished()) {
    const tarball = packed[name];
    if (tarball === undefined || (await isPublished(`${manifest.name}@${manifest.version}`))) continue;
    await show("npm", ["publish", tarball, "--access", "public", "--provenance"], root);
  }
  await show("pnpm", ["exec", "changeset", "tag"], root);
}

async function isPublished(spec: string): Promise<boolean> {
  try {
    return (await run("npm", ["view", spec, "version"], { cwd: root })).trim() !== "";
  } catch (error) {
    // Only a missing package or version means that it can be published.
    if (/\bE404\b/.test((error as Error).message)) return false;
    throw error;
  }
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} kB`;
}
