// `pnpm release:version`: new versions and changelogs from the changesets; jsr.json follows its package.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { show } from "./command.ts";
import { listPublished, root } from "./workspace.ts";

await show("pnpm", ["exec", "changeset", "version"], root);
for (const { folder, manifest } of listPublished()) {
  const file = join(folder, "jsr.json");
  if (!existsSync(file)) continue;
  const jsr = { ...JSON.parse(readFileSync(file, "utf8")), version: manifest.version };
  writeFileSync(file, `${JSON.stringify(jsr, null, 2)}\n`);
}
// The lock file names versions of workspace packages only where they are pinned; it may still change.
await show("pnpm", ["install", "--lockfile-only"], root);
