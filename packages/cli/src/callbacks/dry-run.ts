import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-code.ts";
import { type Api, generations } from "../generated/facts.ts";
import { isLoopbackHostname } from "../generated/loopback.ts";
import type { Shown } from "../service/registrations.ts";
import type { Settings } from "../settings/settings.ts";

// A dry run sends only what lists registrations. What the documents say that the service would refuse, it refuses itself.

const remedy = "The service would refuse this call.";

/** Returns a registration as the service lists it after it was made. */
export function foreseeRegistration(api: Api, url: string): Shown {
  const service = generations[api].operations.register?.constants["name"];
  return { api, url, ...(typeof service === "string" && { service }) };
}

/** @throws {CliError} when a generation does not register this URL */
export function demandRegistrable(api: Api, url: string, { environment }: Settings): void {
  const { pattern, rule, mockTakesHttp } = generations[api].url;
  const takesHttp = environment === "mock" && mockTakesHttp;
  const checked = takesHttp && isLoopbackUrl(url) ? url.replace(/^http:/i, "https:") : url;
  const problem = findProblem(checked, { pattern, rule });
  if (!problem) return;
  const note = takesHttp
    ? " The mock takes http only for loopback hosts and for hosts that its --allow-target names."
    : "";
  const { invalidCode } = generations[api].refusals;
  throw new CliError(invalidCode, `url: must be ${problem}.`, `${remedy}${note}`, exitCodes.refused);
}

/** Returns what the URL must be; undefined if it is that. */
function findProblem(url: string, { pattern, rule }: { pattern: string; rule: string }): string | undefined {
  if (!new RegExp(pattern, "u").test(url)) return rule;
  return isUri(url)
    ? undefined
    : "a URL with a valid host and port, whose other characters are percent-encoded";
}

/** @throws {CliError} when nothing is registered that could be removed */
export function demandRegistered(api: Api, before: Shown[]): void {
  if (before.length > 0) return;
  const { code, message } = generations[api].refusals.notRegistered;
  throw new CliError(code, message, remedy, exitCodes.refused);
}

/** A URI has no other characters (RFC 3986, appendix A). */
const isUri = (url: string) => URL.canParse(url) && /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/u.test(url);

const isLoopbackUrl = (url: string) => URL.canParse(url) && isLoopbackHostname(new URL(url).hostname);
