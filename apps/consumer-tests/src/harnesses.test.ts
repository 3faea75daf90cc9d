import { execFileSync } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodes } from "./binaries.ts";
import { run } from "./command.ts";
import { openTarball } from "./tarball.ts";

const samples = fileURLToPath(new URL("../../docs/samples/install/", import.meta.url));

let folder: string;
let path: string;
// As after `npm install --global`: a command on the PATH.
beforeAll(async () => {
  const { files, manifest } = await openTarball("mock");
  folder = await realpath(await mkdtemp(join(tmpdir(), "thingspace-callbacks-harness-")));
  for (const [file, data] of files) {
    await mkdir(dirname(join(folder, "mock", file)), { recursive: true });
    await writeFile(join(folder, "mock", file), data);
  }
  const bin = join(folder, "mock", manifest.bin?.["thingspace-callbacks-mock"] ?? "");
  const command = join(folder, "bin", "thingspace-callbacks-mock");
  await mkdir(dirname(command));
  await writeFile(command, `#!/bin/sh\nexec "${nodes["Node 24"]}" "${bin}" "$@"\n`);
  await chmod(command, 0o755);
  path = `${dirname(command)}${delimiter}${process.env["PATH"]}`;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the samples of the install guide, with the packed mock,", () => {
  test.runIf(isThere("python3", "-m", "pytest", "--version"))(
    "The pytest sample of the install guide runs",
    async () => {
      const tests = join(folder, "pytest");
      await mkdir(tests);
      for (const file of ["conftest.py", "test_register.py"])
        await copyFile(samples + file, join(tests, file));
      const options = ["-m", "pytest", "-q", "-p", "no:cacheprovider"];
      expect(await run("python3", options, { cwd: tests, env: { PATH: path } })).toContain("1 passed");
    },
  );

  test.runIf(isThere("javac", "-version"))(
    "The Java sample of the install guide starts and stops the mock",
    async () => {
      const program = join(folder, "java");
      await mkdir(program);
      await copyFile(`${samples}ThingSpaceMock.java`, join(program, "ThingSpaceMock.java"));
      await writeFile(
        join(program, "Main.java"),
        `public class Main {
        public static void main(String[] args) throws Exception {
          try (ThingSpaceMock mock = new ThingSpaceMock()) {
            java.net.http.HttpRequest request =
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(mock.origin + "/readyz")).build();
            System.out.print(java.net.http.HttpClient.newHttpClient()
                .send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).statusCode());
          }
        }
      }`,
      );
      const options = { cwd: program, env: { PATH: path } };
      await run("javac", ["Main.java", "ThingSpaceMock.java"], options);
      expect(await run("java", ["-cp", ".", "Main"], options)).toBe("200");
    },
  );
});

/** Returns true if this machine has a program. */
function isThere(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
