import { readFile } from "node:fs/promises";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { unpack } from "@publint/pack";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { listRelativeLinks } from "./links.ts";

/** The size of a tarball, and its problems. */
export interface Check {
  /** Size of the tarball in bytes. */
  packed: number;
  /** Size of its files in bytes. */
  unpacked: number;
  /** Sentences, one per problem. */
  problems: string[];
}

/**
 * CommonJS is told to import ES modules asynchronously or with `require(esm)`, and the classic resolution of TypeScript 4
 * ("node10") does not read `exports`. The packages are ES modules only: https://arethetypeswrong.github.io.
 */
const accepted = ["CJSResolvesToESM"];

/** The largest installed size of a package, in bytes. */
const maxUnpacked = 15 * 1024 * 1024;

/** Checks a tarball: publint, the types as each module resolution sees them, its files, its links and its size. */
export async function checkTarball(path: string): Promise<Check> {
  const bytes = new Uint8Array(await readFile(path));
  const { files, rootDir } = await unpack(bytes);
  const unpacked = files.reduce((sum, { data }) => sum + data.byteLength, 0);
  const contents = new Map(files.map(({ name, data }) => [name.slice(rootDir.length + 1), data]));
  return {
    packed: bytes.byteLength,
    unpacked,
    problems: [
      ...(await publintProblems(bytes)),
      ...(await typeProblems(bytes)),
      ...["LICENSE", "README.md", "CHANGELOG.md"]
        .filter((name) => !contents.has(name))
        .map((name) => `${name} is missing.`),
      ...listRelativeLinks(new TextDecoder().decode(contents.get("README.md"))).map(
        (link) => `README.md links to ${link}, which the package does not have.`,
      ),
      ...(unpacked > maxUnpacked ? [`${unpacked} bytes are more than ${maxUnpacked}.`] : []),
    ],
  };
}

async function publintProblems(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

async function typeProblems(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (!analysis.types) return ["attw: the package has no types."];
  return analysis.problems
    .filter((problem) => !accepted.includes(problem.kind))
    .filter((problem) => !("resolutionKind" in problem && problem.resolutionKind === "node10"))
    .map((problem) => `attw: ${JSON.stringify(problem)}`);
}
