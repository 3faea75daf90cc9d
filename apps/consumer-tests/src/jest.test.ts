import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { jest, nodes } from "./binaries.ts";
import { run } from "./command.ts";
import { createConsumer } from "./consumer.ts";
import { packages } from "./packages.ts";

// The recipe of the READMEs: Jest loads ES modules by `require` with this option, in Node.js 24.9 and newer.
const env = { NODE_OPTIONS: "--experimental-vm-modules" };

describe("Jest, with tests in CommonJS,", () => {
  test.each(packages)("Jest loads every entry of %s by require", async (name) => {
    const consumer = await createConsumer(name);
    try {
      const cwd = join(consumer.folder, "jest");
      const report = JSON.parse(
        await run(nodes["Node 24"], [jest, "--json", "--watchman=false", "--testTimeout=60000"], {
          cwd,
          env,
        }),
      );
      expect(report).toMatchObject({ success: true, numFailedTests: 0 });
      expect(report.numPassedTests).toBeGreaterThan(0);
    } finally {
      await consumer.remove();
    }
  });
});
