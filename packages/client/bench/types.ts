import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getFirstExample, services } from "@thingspace-callbacks/contract";

/** How long TypeScript takes for a program, in seconds of its own count. */
export interface TypeTimes {
  /** That calls every operation with the documents' examples. */
  everyOperation: { total: number; check: number };
  /** That is empty. */
  nothing: { total: number; check: number };
  operations: number;
}

const folder = fileURLToPath(new URL("generated/", import.meta.url));
const compiler = fileURLToPath(new URL("tsc.js", import.meta.resolve("typescript")));

/** Type-checks against the published types in dist, without skipping libraries. */
export async function measureTypes(): Promise<TypeTimes> {
  await mkdir(folder, { recursive: true });
  try {
    const calls = callsOf();
    const head = [
      'import { createThingSpaceClient, unwrap } from "@thingspace-callbacks/client";',
      "const thingspace = createThingSpaceClient();",
    ];
    return {
      everyOperation: await timesOf([...head, ...calls].join("\n")),
      nothing: await timesOf("export {};"),
      operations: calls.length,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function callsOf(): string[] {
  return services.flatMap(({ name: api, operations }) =>
    operations.map(({ operationId, parameters, body }) => {
      const values = [...parameters, ...(body ? [body] : [])].map((place) =>
        JSON.stringify(getFirstExample(place)),
      );
      return `console.log(unwrap(await thingspace.${api}.${operationId}(${values.join(", ")})));`;
    }),
  );
}

async function timesOf(program: string) {
  const file = `${folder}consumer.mts`;
  await writeFile(file, program);
  const flags =
    "--noEmit --strict --exactOptionalPropertyTypes --target es2022 --module node16 --typeRoots none";
  const argv = [compiler, file, ...flags.split(" "), "--extendedDiagnostics"];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  const secondsOf = (name: string) => Number(new RegExp(`${name} time:\\s*([\\d.]+)s`).exec(stdout)?.[1]);
  return { total: secondsOf("Total"), check: secondsOf("Check") };
}
