import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-code.ts";
import { servers } from "../generated/facts.ts";
import { isLoopbackHostname } from "../generated/loopback.ts";
import { mockNodeText } from "../mock/node-version.ts";
import type { Settings } from "../settings/settings.ts";

/** Creates the error that names a service without a response, and the command that starts it if it is the mock. */
export function createUnreachable(
  settings: Pick<Settings, "environment" | "origin">,
  code: string,
): CliError {
  const { environment, origin } = settings;
  const service = environment === "mock" ? "The mock" : "ThingSpace";
  return new CliError(
    code,
    `${service} at ${origin} does not respond (${code}).`,
    environment === "mock" ? describeStart(origin) : "Check the network, the proxy and --origin.",
    exitCodes.unreachable,
  );
}

function describeStart(origin: string): string {
  const { hostname, port } = new URL(origin);
  if (!isLoopbackHostname(hostname)) return "Start the mock there, or name its address with --origin.";
  const option = origin === servers.mock ? "" : ` --port ${port || 80}`;
  return `Start it with: thingspace-callbacks mock${option}, which needs ${mockNodeText} (in a clone of the project: npx --yes pnpm@12 start${option}), or name its address with --origin.`;
}
