import type { Login } from "../callbacks/login.ts";
import { CliError } from "../cli-error.ts";
import type { Invocation } from "../command.ts";
import { withClient } from "../service/connect.ts";
import { listOne } from "../service/registrations.ts";
import { readFormerLogin, readGivenLogin } from "./login.ts";
import type { ListenOptions } from "./options.ts";
import type { Former, Place } from "./state.ts";

/** The former registration, and the login for that of the listener. */
export interface FoundFormer {
  former: Former | undefined;
  /** Undefined if it is that of the former registration in a snapshot. */
  login: Login | undefined;
}

/**
 * Resolves with what the listener replaces at production, when the user agrees.
 *
 * @throws {CliError} when the user does not agree, or cannot be asked, or when the former registration could not be put back
 */
export async function askToReplace(
  invocation: Invocation<ListenOptions>,
  { api, account, origin }: Place,
  shownUrl: string,
): Promise<FoundFormer> {
  const { context, settings, output } = invocation;
  const [before] = await withClient(context, settings, (client) => listOne(client, api, account));
  output.note(`This changes the registration of ${account} in ${api} at ${origin}:`);
  output.note(`  before  ${before?.url ?? "nothing is registered"}`);
  output.note(`  after   ${shownUrl}`);
  if (before) {
    const text =
      "Until listen ends, the former URL gets no messages. Then it is registered again. ThingSpace does not return its password, so listen needs it from you.";
    for (const line of output.wrap(text, 0)) output.note(line);
  }
  await demandConsent(invocation);
  if (!before) return { former: undefined, login: (await readGivenLogin(invocation, api)) ?? {} };
  const login = await readFormerLogin(invocation, api);
  const { username } = login;
  return { former: { url: before.url, ...(username !== undefined && { username }) }, login };
}

async function demandConsent({ context, options }: Invocation<ListenOptions>): Promise<void> {
  if (options.yes) return;
  if (!context.io.isTerminal) {
    throw new CliError(
      "NOT_CONFIRMED",
      "--public-url changes the registration of a live account, and there is no terminal to ask.",
      "Add --yes if this is right. Nothing was changed.",
    );
  }
  const answer = await context.io.ask("Change it? [y/N] ", false);
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new CliError("NOT_CONFIRMED", "Nothing was changed.", "Without --public-url nothing is registered.");
}
