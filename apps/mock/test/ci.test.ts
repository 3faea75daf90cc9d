import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { useServer } from "./server.ts";

const server = useServer({ sender: "documented" });
const scripts = [
  { program: "python3", file: "ci.py", spaces: ["python-a", "python-b"] },
  { program: "sh", file: "ci.sh", spaces: ["curl-a", "curl-b"] },
];

// Without Python there is nothing to show to its users.
const runnable = scripts.filter(({ program }) => spawnSync(program, ["-c", ""]).status === 0);

test.each(runnable)(
  "The example $file seeds, waits, verifies, travels in time and restores, in two spaces at once",
  async ({ program, file, spaces }) => {
    const script = fileURLToPath(new URL(`../examples/${file}`, import.meta.url));
    const { stdout } = await promisify(execFile)(program, [script, server.origin]);
    for (const space of spaces) expect(stdout).toContain(`${space}: `);
    const { body } = await fetch(`${server.origin}/mock/spaces`).then(async (response) => ({
      body: (await response.json()) as { spaces: { name: string }[] },
    }));
    expect(body.spaces.map(({ name }) => name)).toEqual(["default"]);
  },
);
