import { CliError } from "../cli-error.ts";

/** Reads the URL of an option. @throws {CliError} which names the option and shows an example */
export function readHttpUrl(option: string, text: string, example = "http://127.0.0.1:8080/fota"): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new CliError(
    "INVALID_URL",
    `${option} is not an http or https URL.`,
    `Example: ${option} ${example}`,
  );
}
