import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import { apis } from "@thingspace-callbacks/contract";
import { Command, InvalidArgumentError, Option } from "commander";
import { type MockOptions, OptionError } from "./options.ts";
import { choices, defaults, readSettings } from "./settings.ts";

/** The options of the command. */
export interface CommandLine {
  host: string;
  port: number;
  /** Print one line of JSON for programs instead of the banner. */
  json: boolean;
  /** Stop when the process that started this one ends. */
  exitWithParent: boolean;
  options: MockOptions;
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
// Where the documents say that the mock is.
const { hostname, port } = new URL(apis[0]?.servers.mock ?? "");

/** Reads the command line and the environment. Prints help, or an error, and exits when there is nothing to start. */
export function parseCommandLine(argv: string[]): CommandLine {
  // Commander sets a flag whatever its variable holds.
  for (const flag of ["MOCK_NO_CONTROL", "MOCK_LIST_CREDENTIALS", "MOCK_QUIET"]) {
    if (/^(0|false|)$/i.test(process.env[flag] ?? "1")) delete process.env[flag];
  }
  const option = (flags: string, description: string) => {
    const made = new Option(flags, description);
    return made.env(`MOCK_${made.name().replace(/^no-/, "").replaceAll("-", "_").toUpperCase()}`);
  };
  const command = new Command("start")
    .description(
      `Serves a mock of the ThingSpace callback APIs (${apis.map(({ name }) => name).join(", ")}) and their docs.`,
    )
    .addOption(
      option("-p, --port <number>", "port to listen on, 0 for any free one")
        .default(Number(port))
        .argParser(readPort),
    )
    .addOption(option("--host <address>", "address to listen on").default(hostname).argParser(readHost))
    .addOption(
      option(
        "--store <file>",
        "keep registrations, tokens and deliveries in this file (otherwise in memory)",
      ),
    )
    .addOption(
      option(
        "--auth <mode>",
        "lenient: accept any tokens; strict: accept only valid tokens that this mock issued",
      )
        .choices(choices.auth)
        .default(defaults.auth),
    )
    .addOption(
      option(
        "--session-errors <name>",
        "response to an invalid session: platform: 400 with a code that contains .SessionToken.; gateway: 401 with a fault",
      )
        .choices(choices.sessionErrors)
        .default(defaults.sessionErrors),
    )
    .addOption(
      option("--config <file>", "applications, users and accounts of strict authentication (YAML or JSON)"),
    )
    .addOption(
      option(
        "--engine <name>",
        "stateful: remember what is registered; prism: respond with the documents' examples",
      )
        .choices(choices.engine)
        .default(defaults.engine),
    )
    .addOption(
      option(
        "--control-token <token>",
        "token that the control operations below /mock require; needed beyond loopback",
      ),
    )
    .addOption(new Option("--no-control", "disable the control operations").env("MOCK_NO_CONTROL"))
    .addOption(
      option(
        "--allow-target <host>",
        "allow messages to this host, address or range although it is not public (repeatable, or comma-separated)",
      ).argParser(appendAll),
    )
    .addOption(
      option(
        "--sender <name>",
        "patient: 10 s to answer, repeats after 1, 4 and 16 s; measured: 4 s, one repeat; documented: 3 repeats, 5 minutes apart",
      )
        .choices(choices.sender)
        .default(defaults.sender),
    )
    .addOption(
      option("--max-outgoing <number>", "maximum number of messages that are sent at the same time")
        .default(defaults.maxOutgoing)
        .argParser(readCount),
    )
    .addOption(
      option("--keep-deliveries <number>", "number of finished deliveries to keep, the newest")
        .default(defaults.keepDeliveries)
        .argParser(readCount),
    )
    .addOption(
      option(
        "--cors <origin>",
        "allow pages of this origin, or * for any, to call the mock from a browser (repeatable, or comma-separated)",
      ).argParser(appendAll),
    )
    .addOption(
      option(
        "--public-url <url>",
        "URL at which clients reach the mock behind a proxy, such as https://example.com/mock",
      ),
    )
    .addOption(
      option(
        "--list-credentials",
        "include the username and password of a registration in the lists of V1 and legacy",
      ),
    )
    .addOption(option("--tls-cert <file>", "serve https with this certificate (PEM)"))
    .addOption(option("--tls-key <file>", "private key of the certificate (PEM)"))
    .addOption(
      option("--log-level <level>", "level of the log on standard error")
        .choices(["silent", "error", "warn", "info", "debug"])
        .default("info"),
    )
    .addOption(option("--quiet", "log errors only, not a line per request and per attempt"))
    .addOption(option("--json", "print one line of JSON when ready: origin, host, port and pid"))
    .addOption(
      option(
        "--exit-with-parent",
        "stop when the process that started the mock ends, or closes the pipe that is standard input",
      ),
    )
    .version(version, "--version", "show the version")
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      "\nEach option but --help and --version can be set in the environment too: --tls-key is MOCK_TLS_KEY.",
    )
    .allowExcessArguments(false)
    .showHelpAfterError("(--help shows the options)")
    .parse(argv, { from: "user" });

  const {
    host,
    port: chosen,
    json = false,
    exitWithParent = false,
    tlsCert,
    tlsKey,
    allowTarget,
    quiet,
    ...rest
  } = command.opts();
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    command.error("error: --tls-cert and --tls-key go together");
  }
  const tls = tlsCert && readTls(tlsCert, tlsKey);
  const logging = quiet && { logLevel: "error" };
  const options = { ...rest, ...logging, allowTargets: allowTarget, tls };
  try {
    readSettings(options);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    command.error(`error: ${toFlag(error.option)} ${error.reason}`);
  }
  return { host, port: chosen, json, exitWithParent, options };
}

function readPort(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65535) {
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  }
  return Number(text);
}

function readCount(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function readHost(text: string): string {
  // Node.js would take an empty one for every address.
  if (text === "") throw new InvalidArgumentError("An address is needed, such as 127.0.0.1.");
  return text;
}

function appendAll(value: string, all: string[] = []): string[] {
  return [...all, ...value.split(",")];
}

/** Returns the flag of an option, such as `--control-token`. */
function toFlag(option: keyof MockOptions): string {
  // The flag names one target at a time.
  if (option === "allowTargets") return "--allow-target";
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function readTls(certFile: string, keyFile: string): { cert: string; key: string } {
  const cert = readText("--tls-cert", certFile);
  const key = readText("--tls-key", keyFile);
  const demand = (pem: SecureContextOptions, refusal: string) => {
    try {
      createSecureContext(pem);
    } catch {
      // OpenSSL's own words, such as "no start line", name neither the option nor the file.
      throw new Error(refusal);
    }
  };
  demand({ cert }, `--tls-cert ${certFile}: is not a certificate in PEM form.`);
  demand({ key }, `--tls-key ${keyFile}: is not a private key in PEM form, without a passphrase.`);
  demand({ cert, key }, `--tls-key ${keyFile}: is not the key of the certificate in ${certFile}.`);
  return { cert, key };
}

function readText(flag: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${flag} ${file}: ${(error as Error).message}`);
  }
}
