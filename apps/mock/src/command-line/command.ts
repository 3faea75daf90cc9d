import { apis } from "@thingspace-callbacks/contract";
import { Command, Option } from "commander";
import { choices, defaults } from "../settings.ts";
import { version } from "../version.ts";
import { seedFile } from "./init.ts";
import { appendAll, readCount, readHost, readPort } from "./values.ts";

// The address of the mock in the documents.
const { hostname, port } = new URL(apis[0]?.servers.mock ?? "");

/** The things that the command can do. */
interface Actions {
  start: () => void;
  init: () => void;
}

/** Creates the command with all of its options. It parses nothing yet. */
export function createCommand({ start, init }: Actions): Command {
  const command = new Command("start")
    .description(
      `Serves a mock of the ThingSpace callback APIs (${apis.map(({ name }) => name).join(", ")}) and their docs.`,
    )
    .addOption(
      createOption("-p, --port <number>", "port to listen on, 0 for any free one")
        .default(Number(port))
        .argParser(readPort),
    )
    .addOption(createOption("--host <address>", "address to listen on").default(hostname).argParser(readHost))
    .addOption(
      createOption(
        "--store <file>",
        "keep registrations, tokens and deliveries of the space default in this file, or those of all spaces in a database postgres://... that several instances share (otherwise in memory)",
      ),
    )
    .addOption(
      createOption(
        "--auth <mode>",
        "lenient: accept any tokens; strict: accept only valid tokens that this mock issued",
      )
        .choices(choices.auth)
        .default(defaults.auth),
    )
    .addOption(
      createOption(
        "--session-errors <name>",
        "response to an invalid session: platform: 400 with a code that contains .SessionToken.; gateway: 401 with a fault",
      )
        .choices(choices.sessionErrors)
        .default(defaults.sessionErrors),
    )
    .addOption(
      createOption(
        "--config <file>",
        "applications, users and accounts of strict authentication (YAML or JSON)",
      ),
    )
    .addOption(
      createOption(
        "--seed <file>",
        `state to start from and to reset to (YAML or JSON); ${seedFile} in the working folder is used otherwise, and "init" writes one`,
      ),
    )
    .addOption(
      createOption(
        "--engine <name>",
        "stateful: remember what is registered; prism: respond with the documents' examples",
      )
        .choices(choices.engine)
        .default(defaults.engine),
    )
    .addOption(
      createOption(
        "--control-token <token>",
        "token that the control operations below /mock require; needed beyond loopback",
      ),
    )
    .addOption(new Option("--no-control", "disable the control operations").env("MOCK_NO_CONTROL"))
    .addOption(
      createOption(
        "--allow-target <host>",
        "allow messages to this host, address or range although it is not public (repeatable, or comma-separated)",
      ).argParser(appendAll),
    )
    .addOption(
      createOption(
        "--sender <name>",
        "patient: waits 10 s, retries after 1, 4 and 16 s; measured: waits 4 s, one retry; documented: 3 retries, 5 minutes apart",
      )
        .choices(choices.sender)
        .default(defaults.sender),
    )
    .addOption(
      createOption("--max-outgoing <number>", "maximum number of messages that are sent at the same time")
        .default(defaults.maxOutgoing)
        .argParser(readCount),
    )
    .addOption(
      createOption("--keep-deliveries <number>", "number of finished deliveries to keep, the newest")
        .default(defaults.keepDeliveries)
        .argParser(readCount),
    )
    .addOption(
      createOption(
        "--cors <origin>",
        "allow pages of this origin, or * for any, to call the mock from a browser (repeatable, or comma-separated)",
      ).argParser(appendAll),
    )
    .addOption(
      createOption(
        "--public-url <url>",
        "URL at which clients reach the mock behind a proxy, such as https://example.com/mock",
      ),
    )
    .addOption(
      createOption(
        "--list-credentials",
        "include the username and password of a registration in the lists of V1 and legacy",
      ),
    )
    .addOption(createOption("--metrics", "serve metrics for Prometheus at /metrics"))
    .addOption(createOption("--tls-cert <file>", "serve https with this certificate (PEM)"))
    .addOption(createOption("--tls-key <file>", "private key of the certificate (PEM)"))
    .addOption(
      createOption("--log-level <level>", "level of the log on standard error")
        .choices(["silent", "error", "warn", "info", "debug"])
        .default("info"),
    )
    .addOption(createOption("--quiet", "log errors only, not a line per request and per attempt"))
    .addOption(createOption("--json", "print one line of JSON when ready: origin, host, port and pid"))
    .addOption(
      createOption(
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
    .helpCommand(false)
    .action(start);
  command
    .command("init")
    .description("write a commented seed into the working folder, with a schema for editors")
    .allowExcessArguments(false)
    .action(init);
  return command;
}

/** Creates an option that can also be set in the environment: `--tls-key` is `MOCK_TLS_KEY`. */
function createOption(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.env(`MOCK_${made.name().replace(/^no-/, "").replaceAll("-", "_").toUpperCase()}`);
}
