import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const run = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { encoding: "utf8" });

test.each(["bash", "zsh", "fish", "powershell"])(
  "completion %s prints a script that calls the command",
  (shell) => {
    const { status, stdout } = run("completion", shell);
    expect(status).toBe(0);
    expect(stdout).toMatch(/thingspace-callbacks complete '?--/);
    if (shell === "bash") expect(spawnSync("bash", ["-n"], { input: stdout }).status).toBe(0);
  },
);

test("The shell gets commands, options and their choices", () => {
  expect(run("complete", "--", "callbacks", "au").stdout).toMatch(/^audit\t/m);
  expect(run("complete", "--", "check-listener", "--api", "").stdout).toMatch(/^v3\t?/m);
});

test("The help of completion has an example of each shell, and names the package that bash needs", () => {
  const { stdout } = run("completion", "--help");
  const [, examples = ""] = stdout.split("Examples:");
  for (const shell of stdout.match(/(?<=")\w+(?=")/g) ?? [])
    expect(examples).toContain(`completion ${shell} >`);
  expect(stdout).toContain("bash-completion.");
});

test("An unknown shell exits with 2", () => {
  expect(run("completion", "csh").status).toBe(2);
});

test("A reader that ends early does not make the command fail", () => {
  const { stderr } = spawnSync("bash", ["-c", `"${process.execPath}" "${bin}" --help | head -1`], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
});
