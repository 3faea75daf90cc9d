import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createHome, useMock } from "./command.ts";
import { hasTerminal } from "./has-terminal.ts";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const mock = useMock();

/** Runs `login` in a pseudo-terminal, which the program `script` of Linux makes, and types as each question comes. */
async function logIn(answers: { question: string; typed: string }[]) {
  const command = `'${process.execPath}' '${bin}' login lab --origin ${mock.origin}`;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    env: { ...process.env, THINGSPACE_CALLBACKS_HOME: createHome(), TERM: "xterm-256color" },
  });
  const exited = once(child, "exit");
  const waiting = [...answers];
  let output = "";
  for await (const data of child.stdout) {
    output += data;
    const [next] = waiting;
    if (!next || (!output.endsWith(next.question) && !output.includes(`${next.question}\u001b`))) continue;
    waiting.shift();
    child.stdin.write(next.typed);
  }
  child.stdin.end();
  const [exitCode] = await exited;
  return { exitCode, output };
}

test.skipIf(!hasTerminal)("A terminal shows questions and answers, but no secret", async () => {
  const { exitCode, output } = await logIn([
    { question: "key: ", typed: "my-key\r" },
    { question: "secret: ", typed: "my-secret\r" },
    { question: "username: ", typed: "my-name\r" },
    { question: "password: ", typed: "my-password\r" },
  ]);
  expect(exitCode, output).toBe(0);
  expect(output).toMatch(/my-key.*my-name/s);
  expect(output).not.toMatch(/my-secret|my-password/);
});

test.skipIf(!hasTerminal)("Ctrl-C at a question ends with 2", async () => {
  const { exitCode, output } = await logIn([{ question: "key: ", typed: "\u0003" }]);
  expect(exitCode, output).toBe(2);
});
