import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type Command, Option } from "commander";
import type { Login } from "../callbacks/login.ts";
import { CliError } from "../cli-error.ts";
import { formatExamples, type Invocation, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { createControl } from "../control/control.ts";
import { exampleAccount } from "../defaults.ts";
import type { ExitCode } from "../exit-code.ts";
import { generations } from "../generated/facts.ts";
import type { Output } from "../output/output.ts";
import { readHttpUrl } from "../settings/http-url.ts";
import { forgetLeft } from "./forget.ts";
import { readGivenLogin } from "./login.ts";
import { addListenOptions, type ListenOptions } from "./options.ts";
import { askToReplace, type FoundFormer } from "./production.ts";
import { demandTunnel, readPublicUrl } from "./public-url.ts";
import { demandFree, restoreAll, restoreBefore, restoreOwn } from "./restore.ts";
import { type Arrived, startListener } from "./server.ts";
import { isRegistered } from "./snapshot.ts";
import { hashUrl, type Place } from "./state.ts";
import { takeOver } from "./takeover.ts";

/** Adds `listen`. */
export function addListen(program: Command, context: Context): void {
  const command = addListenOptions(program.command("listen"))
    .summary("receive messages on this machine")
    .description(
      "Receive messages on this machine and print them as they come. At the mock it registers itself; at production it registers --public-url, and asks first. When it ends, it puts back what was registered before.",
    )
    .option("--restore", "put back what an earlier listen that was killed has left, and end")
    .addOption(
      new Option(
        "--forget",
        "forget what an earlier listen has left at this service, in this space, and cannot be put back, and end; --account chooses one",
      ).conflicts("restore"),
    )
    .addHelpText(
      "after",
      formatExamples(
        "listen",
        "listen --api v2 --forward-to http://127.0.0.1:8080/fota",
        "listen --json | jq .message",
        "listen --restore",
        `listen --environment production --account ${exampleAccount} \\\n    --port 8080 --public-url https://name.trycloudflare.com`,
      ),
    );
  setAction<ListenOptions, []>(command, context, (invocation) => {
    if (invocation.options.restore) return restoreAll(invocation);
    return invocation.options.forget ? forgetLeft(invocation) : listen(invocation);
  });
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
  const publicUrl = readPublicUrl(options, settings);
  const place = findPlace(invocation, publicUrl);
  if (place) {
    await restoreBefore(invocation);
    demandFree(invocation, place);
  }
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
  const { address } = listener;
  const url = `${publicUrl ?? `http://${address}`}/${pathSecret}`;
  let login: Login | undefined;
  try {
    if (publicUrl !== undefined && place) await demandTunnel(publicUrl, listener);
    const found = place && (await findFormer(invocation, place, { id, url }));
    login = found?.login;
    // From here on the end of the process is ours to handle.
    const end = context.io.watchEnd();
    if (place) {
      const former = found?.former;
      const state = { ...place, id, address, urlHash: hashUrl(url), ...(former && { former }) };
      await takeOver(context, settings, state, { url, login });
    }
    printReady(invocation, { address, url, place });
    if (!end.aborted) await once(end, "abort");
  } catch (error) {
    // A registration without a response may have been made.
    await restoreOwn(invocation, id, login?.password);
    throw error;
  } finally {
    await listener.close();
  }
  return restoreOwn(invocation, id, login?.password);
}

/** Returns the registration that the listener replaces; undefined if it registers nothing. */
function findPlace(
  { settings, options }: Invocation<ListenOptions>,
  publicUrl: string | undefined,
): Place | undefined {
  const { environment, origin, space } = settings;
  if (!options.register || (environment === "production" && publicUrl === undefined)) return undefined;
  const { api, account = environment === "mock" ? generations[api].exampleAccount : undefined } = options;
  if (account === undefined) {
    throw new CliError(
      "ACCOUNT_MISSING",
      "--public-url at production needs --account.",
      `Example: --account ${generations[api].exampleAccount}`,
    );
  }
  return { environment, origin, ...(space !== undefined && { space }), api, account };
}

async function findFormer(
  invocation: Invocation<ListenOptions>,
  place: Place,
  { id, url }: { id: string; url: string },
): Promise<FoundFormer> {
  const { context, settings } = invocation;
  if (place.environment === "production") return askToReplace(invocation, place, hideSecret(url));
  const isReplacing = await isRegistered(createControl(settings, context.io.env), place);
  const login = await readGivenLogin(invocation, place.api);
  return { former: isReplacing ? { snapshot: `listen-${id}` } : undefined, login };
}

const hideSecret = (url: string) => url.replace(/[^/]*$/, "***");

function printReady(
  { output, settings, options }: Invocation<ListenOptions>,
  { address, url, place }: { address: string; url: string; place: Place | undefined },
): void {
  const { api, account } = { ...options, ...place };
  // Whoever registers the URL needs its secret; otherwise nobody does.
  const shown = place ? hideSecret(url) : url;
  output.data({ event: "listening", url: shown, api, account, registered: place !== undefined });
  output.line(`Listening on ${shown}. Ctrl-C ends it.`);
  if (place) {
    output.line(`Registered for ${account} in ${api} at ${settings.origin}.`);
    return;
  }
  output.line("Nothing is registered. The last segment of the URL is a secret that every message needs.");
  if (settings.environment === "production" && options.register)
    output.line(`For real messages start a tunnel to http://${address}, and add --port and --public-url.`);
}

function printMessage(output: Output, arrived: Arrived): void {
  output.data({ event: "message", ...arrived });
  const { at, type, message, forwarded } = arrived;
  const answer = forwarded && `  ${forwarded.status ?? forwarded.error} in ${forwarded.durationMs} ms`;
  output.line(`${output.paint("dim", at)}  ${output.paint("bold", type ?? "(no type)")}${answer ?? ""}`);
  output.line(`  ${JSON.stringify(message)}`);
}
