import type { IncomingHttpHeaders } from "node:http";
import type { Operation, SecurityScheme } from "@thingspace-callbacks/contract/catalogue";
import { exampleOf, Refusal } from "./refusal.ts";
import type { Tokens } from "./state/tokens.ts";

const forms = {
  bearer: (header: string) => /^Bearer +\S+$/i.test(header),
  // A key, a colon and a secret, encoded.
  basic: (header: string) => {
    const [, encoded = ""] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header) ?? [];
    return Buffer.from(encoded, "base64").includes(":");
  },
};

/**
 * Refuses a request that lacks what the operation's security demands. The 401 bodies are the document's examples, named
 * `missing` or `malformed` and the scheme, such as `missingSessionToken`; `missingTokens` when both are missing.
 *
 * @throws {Refusal} 401
 */
export function demandTokens(operation: Operation, headers: IncomingHttpHeaders): void {
  const faults = operation.security.flatMap((scheme) => faultOf(scheme, headers) ?? []);
  const [first, ...others] = faults;
  if (!first) return;
  const bothMissing = others.length > 0 && faults.every(({ fault }) => fault === "missing");
  const example = bothMissing ? "missingTokens" : `${first.fault}${capitalized(first.scheme.name)}`;
  throw new Refusal(401, exampleOf(operation, 401, example));
}

/**
 * Refuses tokens that the mock did not issue, or that have expired.
 *
 * @returns the session's user, if the operation demands a session
 * @throws {Refusal} 401
 */
export function demandValidTokens(
  operation: Operation,
  headers: IncomingHttpHeaders,
  tokens: Tokens,
): string | undefined {
  const refuse = (scheme: SecurityScheme) =>
    new Refusal(401, exampleOf(operation, 401, `invalid${capitalized(scheme.name)}`));
  let user: string | undefined;
  for (const scheme of operation.security) {
    if (scheme.sentAs === "bearer") {
      const token = headers.authorization?.split(" ").at(-1) ?? "";
      if (!tokens.isValid(token)) throw refuse(scheme);
    } else if (scheme.sentAs === "header") {
      user = tokens.useSession(String(headers[scheme.header.toLowerCase()]));
      if (user === undefined) throw refuse(scheme);
    }
  }
  return user;
}

function faultOf(scheme: SecurityScheme, headers: IncomingHttpHeaders) {
  if (scheme.sentAs === "header") {
    return headers[scheme.header.toLowerCase()] ? undefined : { scheme, fault: "missing" };
  }
  const { authorization } = headers;
  if (!authorization) return { scheme, fault: "missing" };
  return forms[scheme.sentAs](authorization) ? undefined : { scheme, fault: "malformed" };
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
