// `pnpm release:dry-run`: a whole release in a temporary clone, up to the point where it would be published.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, show } from "./command.ts";
import { listPublished, root } from "./workspace.ts";

const clone = await mkdtemp(join(tmpdir(), "thingspace-callbacks-release-"));
try {
  // Only committed changes are released: an uncommitted one would not be in the tag either.
  await run("git", ["clone", "--quiet", root, clone], { cwd: root });
  await show("pnpm", ["install", "--frozen-lockfile"], clone);
  await show("pnpm", ["run", "release:version"], clone);
  for (const { name, path, manifest } of listPublished(clone)) {
    const changelog = await readFile(join(clone, path, "CHANGELOG.md"), "utf8");
    console.log(`\n${name} ${manifest.version}\n${changelog.split("\n").slice(0, 20).join("\n")}`);
  }
  await show("pnpm", ["run", "release:check"], clone);
  console.log("\nNothing was published. Everything up to that works.");
} finally {
  await rm(clone, { recursive: true, force: true });
}
