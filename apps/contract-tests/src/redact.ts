import { secretHeaders } from "@thingspace-callbacks/contract";

const redacted = "[redacted]";
const secretName = /password|secret|token$/i;

/** Whether a header, or a member of a body, holds something that a report must not show. */
export const isSecret = (name: string): boolean =>
  secretHeaders.has(name.toLowerCase()) || secretName.test(name);

/** A header as it may be shown. */
export const shownHeader = (name: string, value: string): string =>
  `${name}: ${isSecret(name) ? redacted : value}`;

/** A body without the values of the members that are secret, and without what stands before the host of a URL. */
export function redactBody(text: string): string {
  try {
    const shown = JSON.stringify(JSON.parse(text), (name, value) =>
      secretName.test(name) && typeof value !== "object" ? redacted : value,
    );
    return redactUrls(shown);
  } catch {
    const shown = text.replace(/([^&=?\s]+)=([^&\s]*)/g, (pair, name) =>
      secretName.test(name) ? `${name}=${redacted}` : pair,
    );
    return redactUrls(shown);
  }
}

const redactUrls = (text: string) => text.replace(/(:\/\/)[^\s/?#"@]*@/g, `$1${redacted}@`);
