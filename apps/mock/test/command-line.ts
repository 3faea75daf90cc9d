import { onTestFinished, vi } from "vitest";
import { type CommandLine, parseCommandLine } from "../src/command-line/command-line.ts";
import { listen, openMock } from "../src/command-line/start.ts";
import type { Mock } from "../src/mock.ts";

/** Arguments and variables that are given to the command. */
export interface Given {
  args?: string[];
  env?: Record<string, string> | undefined;
}

/** The command has written something and ended. */
export interface Ended {
  exitCode: unknown;
  output: string;
  errors: string;
}

/**
 * Reads arguments and variables as the command does, in this process: a start of the command takes half a second of
 * processor time. Returns the command line, or the end of the command where it ends by itself.
 */
export function read({ args = [], env = {} }: Given): CommandLine | Ended {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const said = { output: "", errors: "" };
  const collect = (name: keyof typeof said) => (text: unknown) => {
    said[name] += text;
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(collect("output")),
    vi.spyOn(process.stderr, "write").mockImplementation(collect("errors")),
    vi.spyOn(process, "exit").mockImplementation((exitCode) => {
      throw new Exit(exitCode);
    }),
  ];
  try {
    return parseCommandLine(args);
  } catch (error) {
    if (error instanceof Exit) return { exitCode: error.code, ...said };
    return { exitCode: 1, output: said.output, errors: (error as Error).message };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** Creates the mock of a command line as the command does; it is closed after the test. */
export async function open({ args = [], env }: Given): Promise<{ commandLine: CommandLine; mock: Mock }> {
  const commandLine = read({ args: ["--port", "0", "--quiet", ...args], env });
  if ("exitCode" in commandLine) throw new Error(commandLine.errors);
  const mock = await openMock(commandLine);
  onTestFinished(() => mock.close());
  return { commandLine, mock };
}

/** Does all that the command does before it serves, and resolves with its origin. */
export async function start(given: Given): Promise<string> {
  const { commandLine, mock } = await open(given);
  return listen(mock, commandLine);
}

class Exit extends Error {
  readonly code: unknown;
  constructor(code: unknown) {
    super("The command has ended.");
    this.code = code;
  }
}
