import { fileURLToPath } from "node:url";
import { writePrismDocument } from "../scripts/prism-document.ts";
import type { BareAnswers } from "./bare.ts";
import { anyTokens, basePath, type Tokens } from "./requests.ts";
import { exampleCredentials, logIn } from "./session.ts";

/** A server to measure. */
export interface Contestant {
  name: string;
  /** Its program and options; the port is chosen when it starts. */
  argv(port: number): string[];
  /** Below the origin. */
  basePath: string;
  tokens(origin: string): Promise<Tokens>;
  /** Whether it demands tokens that it issued itself, and answers 401 to others. */
  isStrict: boolean;
}

export const names = {
  mock: "mock",
  strict: "mock, strict auth",
  prism: "prism mock",
  quietPrism: "prism mock -v error",
  bare: "bare node:http",
} as const;

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const lenient = { basePath, tokens: async () => anyTokens, isStrict: false };

/** This mock, in both kinds of authentication. */
export const mock: Contestant = {
  ...lenient,
  name: names.mock,
  argv: (port) => [file("../dist/main.js"), "--port", String(port)],
};
export const strictMock: Contestant = {
  ...strict(file("../config/mock-config.example.yaml")),
  tokens: (origin) => logIn(origin, exampleCredentials),
};

/** A mock with strict authentication by a configuration file. */
export function strict(config: string): Contestant {
  return {
    ...lenient,
    name: names.strict,
    argv: (port) => [...mock.argv(port), "--auth", "strict", "--config", config],
    isStrict: true,
  };
}

/** The stock command on the V1 document: as it is, and with its log all but off, which is half of its cost. */
export async function prisms(): Promise<[Contestant, Contestant]> {
  const document = await writePrismDocument("v1");
  const program = fileURLToPath(import.meta.resolve("@stoplight/prism-cli"));
  const prism: Contestant = {
    ...lenient,
    name: names.prism,
    argv: (port) => [program, "mock", document, "--port", String(port)],
    basePath: "",
  };
  const quiet = { ...prism, name: names.quietPrism };
  return [prism, { ...quiet, argv: (port) => [...prism.argv(port), "-v", "error"] }];
}

/** The yardstick, answering what the mock answered. */
export function bare(answers: BareAnswers): Contestant {
  return {
    ...lenient,
    name: names.bare,
    argv: (port) => [file("bare.ts"), String(port), JSON.stringify(answers)],
  };
}
