// `pnpm release:address https://github.com/owner/name`: sets the repository's address in every manifest.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressFields, demandAddress } from "./address.ts";
import { listPublished, root } from "./workspace.ts";

try {
  const [address] = process.argv.slice(2);
  demandAddress(address);
  const { name, version, private: isPrivate, type, license, ...rest } = read(root);
  write(root, { name, version, private: isPrivate, type, license, ...rest, repository: address });
  const published = listPublished();
  for (const { folder, path } of published)
    write(folder, { ...read(folder), ...addressFields(address, path) });
  console.log(`${address} is set in ${published.length + 1} manifests.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function read(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function write(folder: string, manifest: Record<string, unknown>): void {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
