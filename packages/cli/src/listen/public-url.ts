import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-code.ts";
import { isLoopbackHostname } from "../generated/loopback.ts";
import { readHttpUrl } from "../settings/http-url.ts";
import type { Settings } from "../settings/settings.ts";
import type { ListenOptions } from "./options.ts";
import { identityPath, type RunningListener } from "./server.ts";

const timeoutMs = 10_000;

/** Returns the URL of the user's tunnel without a slash at its end; undefined if there is none. */
export function readPublicUrl({ publicUrl, port }: ListenOptions, { origin }: Settings): string | undefined {
  if (publicUrl === undefined) return undefined;
  const example = "https://name.trycloudflare.com";
  const url = readHttpUrl("--public-url", publicUrl, example);
  if (port === 0) {
    throw new CliError(
      "PORT_MISSING",
      "--public-url needs --port, the port that the tunnel leads to.",
      `Example: --port 8080 --public-url ${example}`,
    );
  }
  const isOnThisMachine = isLoopbackHostname(url.hostname) && isLoopbackHostname(new URL(origin).hostname);
  if (url.protocol !== "https:" && !isOnThisMachine) {
    throw new CliError(
      "INVALID_URL",
      "--public-url is plain http: others could read the messages and the secret of the URL.",
      `Use the https URL of the tunnel, such as ${example}.`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/$/, "");
}

/** Checks, before anything is registered, that the tunnel leads to this listener. */
export async function demandTunnel(publicUrl: string, { id, address }: RunningListener): Promise<void> {
  const found = await fetch(`${publicUrl}${identityPath}`, {
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.name);
  if (typeof found !== "string" && (await found.text()) === id) return;
  const reason = typeof found === "string" ? found : `status ${found.status}`;
  throw new CliError(
    "TUNNEL_ELSEWHERE",
    `--public-url: ${publicUrl} does not lead to this listener (${reason}). Nothing was registered.`,
    `Start the tunnel to http://${address}, wait until it is ready, and try again.`,
    exitCodes.unreachable,
  );
}
