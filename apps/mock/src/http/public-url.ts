import { OptionError } from "../options.ts";

/**
 * Reads the URL at which clients reach the mock, and returns it without a slash at the end.
 *
 * @throws {OptionError} when it is not an http or https URL, or has a user, a query or a fragment
 */
export function readPublicUrl(text: string): string {
  const url = URL.parse(text);
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  if (!isPlain || url.search || url.hash) {
    throw new OptionError(
      "publicUrl",
      "must be an http or https URL, such as https://mock.example.com/thingspace.",
    );
  }
  return url.href.replace(/\/$/, "");
}
