import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type Command, InvalidArgumentError } from "commander";
import { createApiOption } from "../callbacks/callbacks.ts";
import { formatExamples, type Invocation, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { type Api, generations } from "../generated/facts.ts";
import type { Output } from "../output/output.ts";
import { listApis } from "../service/registrations.ts";
import { readHttpUrl } from "../settings/http-url.ts";
import { formatRestored, restoreAll, restoreLeft } from "./restore.ts";
import { type Arrived, startListener } from "./server.ts";
import { readStates } from "./state.ts";
import { takeOver } from "./takeover.ts";

/** The options of `listen`, and of `record`, which listens in the same way. */
export interface ListenOptions {
  api: Api;
  account?: string;
  port: number;
  forwardTo?: string;
  register: boolean;
  restore?: boolean;
}

/** Adds `listen`. */
export function addListen(program: Command, context: Context): void {
  const command = addListenOptions(program.command("listen"))
    .description(
      "Receive messages on this machine and print them as they come. At the mock it registers itself, and puts back what was registered before when it ends. At production it registers nothing.",
    )
    .option("--restore", "put back what an earlier listen that was killed has left, and end")
    .addHelpText(
      "after",
      formatExamples(
        "listen",
        "listen --api v2 --forward-to http://127.0.0.1:8080/fota",
        "listen --json | jq .message",
        "listen --restore",
      ),
    );
  setAction<ListenOptions, []>(command, context, (invocation) =>
    invocation.options.restore ? restoreAll(invocation) : listen(invocation),
  );
}

/** Adds the options about the listener and its registration. */
export function addListenOptions(command: Command): Command {
  return command
    .addOption(createApiOption().default(listApis()[0]))
    .option("--account <account>", "account to register for; the default is that of the documents' example")
    .option("--port <number>", "port to listen on; 0 is any free one", readPort, 0)
    .option("--forward-to <url>", "send each message on to this URL, and show its response")
    .option("--no-register", "register nothing, and print the URL");
}

/**
 * Listens until the process is to end.
 *
 * @param onMessage is told each message, with its secrets, before it is acknowledged
 */
export async function listen(
  invocation: Invocation<ListenOptions>,
  onMessage: (message: unknown) => Promise<void> = async () => {},
): Promise<ExitCode> {
  const { context, output, settings, options } = invocation;
  const { api, port, forwardTo } = options;
  if (forwardTo !== undefined) readHttpUrl("--forward-to", forwardTo);
  const account = options.account ?? generations[api].exampleAccount;
  const isRegistering = options.register && settings.environment === "mock";
  // From here on the end of the process is ours to handle.
  const end = context.io.watchEnd();
  if (isRegistering) await restoreBefore(invocation);
  const id = randomUUID();
  const pathSecret = randomUUID();
  const listener = await startListener({
    id,
    api,
    port,
    pathSecret,
    forwardTo,
    onMessage,
    onArrived: (arrived) => printMessage(output, arrived),
    onRefused: (code) => output.note(`A request was not accepted: ${code}`),
  });
  try {
    const url = `http://${listener.address}/${pathSecret}`;
    if (isRegistering)
      await takeOver(context, settings, { id, address: listener.address, api, account, url });
    printReady(invocation, { url, account, isRegistering });
    if (!end.aborted) await once(end, "abort");
  } finally {
    await listener.close();
  }
  return isRegistering ? restoreOwn(invocation, id) : exitCodes.ok;
}

/** Puts back what an earlier `listen` has left, so that this one does not take it for the former registration. */
async function restoreBefore(invocation: Invocation<ListenOptions>): Promise<void> {
  const { context, settings, output } = invocation;
  const left = readStates(context.io.env).filter(({ origin }) => origin === settings.origin);
  for (const result of await restoreLeft(invocation, left)) output.note(formatRestored(result));
}

async function restoreOwn(invocation: Invocation<ListenOptions>, id: string): Promise<ExitCode> {
  const own = readStates(invocation.context.io.env).filter((state) => state.id === id);
  const [result] = await restoreLeft(invocation, own);
  if (!result) return exitCodes.ok;
  invocation.output.note(formatRestored(result));
  return result.error?.exitCode ?? exitCodes.ok;
}

function printReady(
  { output, settings, options }: Invocation<ListenOptions>,
  { url, account, isRegistering }: { url: string; account: string; isRegistering: boolean },
): void {
  const { api } = options;
  // Whoever registers the URL needs its secret; otherwise nobody does.
  const shown = isRegistering ? url.replace(/[^/]*$/, "***") : url;
  output.data({ event: "listening", url: shown, api, account, registered: isRegistering });
  output.line(`Listening on ${shown}. Ctrl-C ends it.`);
  if (isRegistering) {
    output.line(`Registered for ${account} in ${api} at ${settings.origin}.`);
    return;
  }
  output.line("Nothing is registered. The last segment of the URL is a secret that every message needs.");
  if (settings.environment !== "production") return;
  output.line(
    "For real messages point a tunnel at it and use callbacks register. This replaces the URL of the account: note the old one first (callbacks list); its password cannot be read back.",
  );
}

function printMessage(output: Output, arrived: Arrived): void {
  output.data({ event: "message", ...arrived });
  const { at, type, message, forwarded } = arrived;
  const answer = forwarded && `  ${forwarded.status ?? forwarded.error} in ${forwarded.durationMs} ms`;
  output.line(`${output.paint("dim", at)}  ${output.paint("bold", type ?? "(no type)")}${answer ?? ""}`);
  output.line(`  ${JSON.stringify(message)}`);
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}
