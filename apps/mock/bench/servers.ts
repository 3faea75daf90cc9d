import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BareAnswers } from "./bare.ts";
import { anyTokens, basePath, type Tokens } from "./requests.ts";
import { exampleCredentials, logIn } from "./session.ts";

/** A server to measure. */
export interface BenchServer {
  name: string;
  /** Its program and options; the port is chosen when it starts. */
  argv(port: number): string[];
  /** Below the origin. */
  basePath: string;
  requestTokens(origin: string): Promise<Tokens>;
  /** True if it responds with 401 to tokens that it did not issue. */
  isStrict: boolean;
}

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const lenient = { basePath, requestTokens: async () => anyTokens, isStrict: false };

/** This mock, with lenient authentication. It logs nothing: the peers do not log either. */
export const mock: BenchServer = {
  ...lenient,
  name: "mock",
  argv: (port) => [file("../dist/bin.js"), "--port", String(port), "--log-level", "error"],
};

/** The mock of another checkout, which was built there. */
export function mockOf(folder: string): BenchServer {
  const root = join(folder, "apps/mock");
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const program = join(root, bin["thingspace-callbacks-mock"]);
  return { ...mock, name: "mock of --against", argv: (port) => [program, ...mock.argv(port).slice(1)] };
}

/** This mock with strict authentication by a configuration file. */
export function strictMock(config = file("../config/mock-config.example.yaml")): BenchServer {
  return {
    ...mock,
    name: "mock, strict auth",
    argv: (port) => [...mock.argv(port), "--auth", "strict", "--config", config],
    requestTokens: (origin) => logIn(origin, exampleCredentials),
    isStrict: true,
  };
}

/** The stock Prism command on the V1 document: as it is, and logging errors only, which halves its cost. */
export async function prisms(): Promise<[prism: BenchServer, quietPrism: BenchServer]> {
  const document = fileURLToPath(import.meta.resolve("@thingspace-callbacks/contract/tools/v1.client.json"));
  const program = fileURLToPath(import.meta.resolve("@stoplight/prism-cli"));
  const prism: BenchServer = {
    ...lenient,
    name: "prism mock",
    argv: (port) => [program, "mock", document, "--port", String(port)],
    basePath: "",
  };
  const quietArgv = (port: number) => [...prism.argv(port), "-v", "error"];
  return [prism, { ...prism, name: "prism mock -v error", argv: quietArgv }];
}

/** The yardstick, a node:http server that sends what the mock sent. */
export function bare(answers: BareAnswers): BenchServer {
  return {
    ...lenient,
    name: "bare node:http",
    argv: (port) => [file("bare.ts"), String(port), JSON.stringify(answers)],
  };
}
