import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jest, nodes, vitest } from "./binaries.ts";
import { run } from "./command.ts";
import { openTarball } from "./tarball.ts";
import { isThorough } from "./thorough.ts";

const samples = fileURLToPath(new URL("../../docs/samples/ci/", import.meta.url));
const matchersTest = fileURLToPath(new URL("../drivers/matchers.jest.js", import.meta.url));
const modules = fileURLToPath(new URL("../node_modules/", import.meta.url));

/** A short program needs no compiler that optimizes: starting, these use half the processor time. */
const shortJava = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];
const shortJavac = shortJava.map((option) => `-J${option}`);

const hasJava = isThere("javac", "-version");
/** The path of JUnit, or an empty one. */
const junit = hasJava ? findJUnit() : "";

let folder: string;
let path: string;
// As after `npm install --global`: a command on the PATH.
beforeAll(async () => {
  const { files, manifest } = await openTarball("mock");
  folder = await realpath(await mkdtemp(join(tmpdir(), "thingspace-callbacks-harness-")));
  // The projects below the folder find these packages.
  const mock = join(folder, "node_modules", manifest.name);
  for (const [file, data] of files) {
    await mkdir(dirname(join(mock, file)), { recursive: true });
    await writeFile(join(mock, file), data);
  }
  for (const name of ["@thingspace-callbacks/client", "vitest"])
    await symlink(join(modules, name), join(folder, "node_modules", name), "dir");
  const bin = join(mock, manifest.bin?.["thingspace-callbacks-mock"] ?? "");
  const command = join(folder, "commands", "thingspace-callbacks-mock");
  await mkdir(dirname(command));
  await writeFile(command, `#!/bin/sh\nexec "${nodes["Node 24"]}" "${bin}" "$@"\n`);
  await chmod(command, 0o755);
  path = `${dirname(command)}${delimiter}${process.env["PATH"]}`;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Makes the folder of a project with these samples in it. */
async function createProject(name: string, files: string[]): Promise<string> {
  const project = join(folder, name);
  await mkdir(project);
  for (const file of files) await copyFile(samples + file, join(project, file));
  return project;
}

describe("the samples of the guide about CI, with the packed mock,", () => {
  test.runIf(isThere("python3", "-m", "pytest", "--version"))("The pytest sample runs", async () => {
    const cwd = await createProject("pytest", ["conftest.py", "test_upgrade.py"]);
    const options = ["-m", "pytest", "-q", "-p", "no:cacheprovider"];
    expect(await run("python3", options, { cwd, env: { PATH: path } })).toContain("2 passed");
  });

  // The JUnit sample does it with the same class.
  test.runIf(hasJava && (isThorough || !junit))(
    "The Java sample starts, calls and stops the mock",
    async () => {
      const cwd = await createProject("java", ["ThingSpaceMock.java"]);
      await writeFile(
        join(cwd, "Main.java"),
        `public class Main {
        public static void main(String[] args) throws Exception {
          try (ThingSpaceMock mock = new ThingSpaceMock()) {
            System.out.print(mock.send("GET", "/readyz", "").statusCode());
          }
        }
      }`,
      );
      const options = { cwd, env: { PATH: path } };
      await run("javac", [...shortJavac, "Main.java", "ThingSpaceMock.java"], options);
      expect(await run("java", [...shortJava, "-cp", ".", "Main"], options)).toBe("200");
    },
  );

  test.runIf(hasJava && junit)("The JUnit sample runs", async () => {
    const cwd = await createProject("junit", ["ThingSpaceMock.java", "RegistrationTest.java"]);
    const options = { cwd, env: { PATH: path } };
    const sources = ["ThingSpaceMock.java", "RegistrationTest.java"];
    await run("javac", [...shortJavac, "-cp", junit, ...sources], options);
    const execute = [
      ...shortJava,
      "-jar",
      junit,
      "execute",
      "--class-path",
      ".",
      "--select-class",
      "RegistrationTest",
    ];
    expect(await run("java", execute, options)).toMatch(/2 tests successful/);
  });

  test("The Vitest sample runs", async () => {
    const cwd = await createProject("vitest", ["registration.test.ts"]);
    const env = { NO_COLOR: "1" };
    expect(
      await run(nodes["Node 24"], [vitest, "run", "--testTimeout=60000", "--hookTimeout=60000"], {
        cwd,
        env,
      }),
    ).toMatch(/Tests +2 passed/);
  });

  test("The Jest sample and the tests of the matchers in Jest run", async () => {
    const cwd = await createProject("jest", ["registration.test.js"]);
    await writeFile(join(cwd, "package.json"), "{}");
    await copyFile(matchersTest, join(cwd, "matchers.test.js"));
    const env = { NODE_OPTIONS: "--experimental-vm-modules" };
    const report = await run(nodes["Node 24"], [jest, "--json", "--watchman=false", "--testTimeout=60000"], {
      cwd,
      env,
    });
    expect(JSON.parse(report)).toMatchObject({ success: true, numPassedTests: 4 });
  });
});

/** Returns true if this machine has a program. Otherwise says that the tests which need it are skipped. */
function isThere(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`${[command, ...args].join(" ")} fails. The tests that need it are skipped.`);
    return false;
  }
}

/** Finds JUnit in the local Maven repository: nothing is downloaded for a test. */
function findJUnit(): string {
  const repository = join(homedir(), ".m2/repository/org/junit/platform/junit-platform-console-standalone");
  const [jar = ""] = globSync(join(repository, "1.*/*.jar"));
  if (!jar) console.warn("JUnit is not in the local Maven repository. Its test is skipped.");
  return jar;
}
