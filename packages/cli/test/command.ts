import { createMock, type MockOptions } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll } from "vitest";
import { type ExitCode, type Io, run } from "../src/index.ts";
import { createHome } from "./home.ts";

/** The output of a command, and its exit code. */
export interface Printed {
  exitCode: ExitCode;
  output: string;
  errors: string;
  /** The JSON that it printed. */
  // biome-ignore lint/suspicious/noExplicitAny: each command prints JSON of its own
  data: any;
  /** The JSON of its error, which is the last line of standard error. */
  error: { code: string; message: string; remedy: string };
}

/** Runs a command in this process, with an environment and a home of its own. */
export async function runCommand(args: string[], change: Partial<Io> = {}): Promise<Printed> {
  let output = "";
  let errors = "";
  const exitCode = await run(args, {
    isTerminal: false,
    writeOutput: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
    ask: async () => "",
    readInput: async () => "",
    watchEnd: () => new AbortController().signal,
    ...change,
    env: { THINGSPACE_CALLBACKS_HOME: createHome(), ...change.env },
  });
  return {
    exitCode,
    output,
    errors,
    get data() {
      return JSON.parse(output);
    },
    get error() {
      return JSON.parse(errors.trim().split("\n").at(-1) ?? "").error;
    },
  };
}

export { createHome };

/** The variables of a login. A mock accepts any, unless it is strict. */
export const credentials = {
  THINGSPACE_KEY: "key",
  THINGSPACE_SECRET: "secret",
  THINGSPACE_USERNAME: "user",
  THINGSPACE_PASSWORD: "password",
};

/** Starts a mock for the tests of a file, on a free port. */
export function useMock(options: MockOptions = {}) {
  const started = { origin: "" };
  let close = async () => {};
  beforeAll(async () => {
    const mock = await createMock({ logLevel: "silent", ...options });
    close = () => mock.close();
    started.origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(() => close());
  return started;
}

/** Reads from the control API of a mock. */
// biome-ignore lint/suspicious/noExplicitAny: each operation returns JSON of its own
export async function readControl(origin: string, path: string): Promise<any> {
  return (await fetch(`${origin}/mock/${path}`)).json();
}

/** Changes a mock through its control API. */
export async function sendControl(
  origin: string,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const init = { method, ...(body && { headers, body: JSON.stringify(body) }) };
  const response = await fetch(`${origin}/mock/${path}`, init);
  if (!response.ok) throw new Error(await response.text());
}
