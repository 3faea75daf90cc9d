import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { CommandLine } from "../src/command-line/command-line.ts";
import { account } from "./call.ts";
import { open, read, start } from "./command-line.ts";
import { tokens } from "./server.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const [certFile, keyFile] = [fixture("localhost.cert.pem"), fixture("localhost.key.pem")];
// Neither a certificate, nor a key, nor a store.
const textFile = fixture("../command-line.ts");

describe("the variables of the command", () => {
  test("An option can be set in the environment", async () => {
    const { mock } = await open({ env: { MOCK_ENGINE: "prism" } });
    const url = `http://localhost/api/fota/v1/callbacks/${account}`;
    const listed = await (await mock.fetch(new Request(url, { headers: tokens }))).json();
    expect(listed).toMatchObject([{ aname: "0252012345-00001" }]);
  });

  test.each<{ env: Record<string, string>; status: number }>([
    { env: { MOCK_NO_CONTROL: "1" }, status: 404 },
    { env: { MOCK_NO_CONTROL: "false" }, status: 200 },
    { env: { MOCK_NO_CONTROL: "" }, status: 200 },
    { env: { MOCK_ALLOW_TARGET: "10.0.0.1,10.0.0.2" }, status: 200 },
    {
      env: { MOCK_CORS: "https://a.example,https://b.example", MOCK_PUBLIC_URL: "https://c.example" },
      status: 200,
    },
  ])("With $env, control operations get $status", async ({ env, status }) => {
    const { mock } = await open({ env });
    expect((await mock.fetch(new Request("http://localhost/mock/state"))).status).toBe(status);
  });

  test.each([
    { env: { MOCK_QUIET: "true" }, args: ["--quiet"] },
    { env: { MOCK_QUIET: "0" }, args: [] },
    { env: { MOCK_PORT: "5000" }, args: ["-p", "5000"] },
  ])("The variables $env do what the arguments $args do", ({ env, args }) => {
    const options = (given: CommandLine | object) => ({ ...given, describeError: undefined });
    expect(options(read({ env }))).toEqual(options(read({ args })));
  });
});

describe("the arguments of the command", () => {
  test.each<{ args: string[]; message: RegExp }>([
    { args: ["--auth", "strict"], message: /--auth strict needs a config file or a seed/ },
    { args: ["--auth", "none"], message: /Allowed choices are lenient, strict/ },
    { args: ["--tls-cert", "x"], message: /--tls-cert and --tls-key go together/ },
    {
      args: ["--tls-cert", textFile, "--tls-key", keyFile],
      message: /^--tls-cert .*line\.ts: is not a certificate/,
    },
    {
      args: ["--tls-cert", certFile, "--tls-key", textFile],
      message: /^--tls-key .*line\.ts: is not a private key/,
    },
    {
      args: ["--tls-cert", certFile, "--tls-key", fixture("other.key.pem")],
      message: /^--tls-key .*: is not the key of/,
    },
    { args: ["--tls-cert", certFile, "--tls-key", "none.pem"], message: /^--tls-key none\.pem: ENOENT/ },
    { args: ["--store", textFile], message: /line\.ts is not a store of this mock/ },
    { args: ["--allow-target", "10/8"], message: /--allow-target.*"10\/8" is not a host/ },
    {
      args: ["--host", "0.0.0.0"],
      message: /^--control-token or MOCK_CONTROL_TOKEN is needed to listen on 0\.0\.0\.0/,
    },
    {
      args: ["--host", "192.0.2.1", "--no-control"],
      message: /^192\.0\.2\.1 is not an address of this machine\./,
    },
    { args: ["--config", "none.yaml"], message: /^--config cannot be read: ENOENT.*none\.yaml/ },
    { args: ["--seed", "none.yaml"], message: /^--seed cannot be read: ENOENT.*none\.yaml/ },
    {
      args: ["--auth", "strict", "--seed", "/dev/null"],
      message: /^--auth strict needs applications and users/,
    },
    { args: ["--port", "http"], message: /--port/ },
    { args: ["--port", "65536"], message: /--port/ },
    { args: ["--host", ""], message: /--host/ },
    { args: ["--store", ""], message: /--store must not be empty/ },
    { args: ["--control-token", "", "--host", "0.0.0.0"], message: /--control-token must not be empty/ },
    { args: ["--cors", "https://app.example/"], message: /--cors/ },
    { args: ["--cors", "https://*.example.com"], message: /--cors/ },
    { args: ["--public-url", "mock.example.com"], message: /--public-url/ },
  ])("The arguments $args are refused with a sentence", async ({ args, message }) => {
    await expect(start({ args })).rejects.toThrow(message);
  });

  test.each<{ env: Record<string, string>; message: RegExp }>([
    { env: { MOCK_MAX_OUTGOING: "x" }, message: /^error: MOCK_MAX_OUTGOING must be a whole number/ },
    { env: { MOCK_ALLOW_TARGET: "10/8" }, message: /^error: MOCK_ALLOW_TARGET has an unknown entry/ },
    { env: { MOCK_CONFIG: "none.yaml" }, message: /^MOCK_CONFIG cannot be read/ },
    {
      env: { MOCK_TLS_CERT: "none.pem", MOCK_TLS_KEY: keyFile },
      message: /^MOCK_TLS_CERT none\.pem: ENOENT/,
    },
  ])("The variables $env are refused by the name of the variable", async ({ env, message }) => {
    await expect(start({ env })).rejects.toThrow(message);
  });

  test.each([
    { args: ["-h"], message: /^Usage: start/ },
    { args: ["--help"], message: /^Usage: start/ },
    { args: ["--version"], message: /^\d+\.\d+\.\d+\n$/ },
  ])("The arguments $args print it and exit with 0", ({ args, message }) => {
    expect(read({ args })).toEqual({ exitCode: 0, output: expect.stringMatching(message), errors: "" });
  });

  test("The help shows the options with their defaults", () => {
    // Long descriptions are wrapped.
    const text = readHelp().replace(/\s+/g, " ");
    expect(text).toMatch(/--port <number> [^-]*4010/);
    expect(text).toMatch(/--host <address> [^-]*127\.0\.0\.1/);
  });

  test("The help of pnpm start, which works before anything is installed, is the help of the mock", () => {
    const committed = readFileSync(new URL("../start/help.txt", import.meta.url), "utf8");
    // If it differs: npx pnpm@12 --filter @thingspace-callbacks/mock run help
    expect(committed).toBe(readHelp());
  });
});

function readHelp(): string {
  const ended = read({ args: ["--help"] });
  return "output" in ended ? ended.output : "";
}
