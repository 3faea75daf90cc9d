import { isSecretName, redacted } from "./names.ts";
import { redactText } from "./text.ts";

/** Returns headers with tokens, keys and passwords hidden, in URLs such as `Referer` too. */
export function redactHeaders(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSecretName(name) ? redacted : redactText(String(value)),
    ]),
  );
}
