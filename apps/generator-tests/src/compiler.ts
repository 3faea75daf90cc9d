import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What many projects demand of their own code, and so of what they generate. */
const compilerOptions = {
  strict: true,
  noEmit: true,
  target: "es2022",
  module: "preserve",
  moduleResolution: "bundler",
  lib: ["es2023", "dom", "dom.iterable"],
  types: [],
  // The files of TypeScript itself are not generated.
  skipDefaultLibCheck: true,
};

const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript-7/package.json")));

/** Type-checks every TypeScript file below a folder and returns the errors, each with its file and line. */
export async function typeErrors(folder: string): Promise<string[]> {
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*.ts"] }));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, "-p", folder], { cwd: folder }, (error, stdout) => {
      const lines = stdout.trim().split("\n");
      if (!error) resolve([]);
      else if (stdout) resolve(lines);
      else reject(error);
    });
  });
}
