import type { IncomingHttpHeaders } from "node:http";
import type { Operation, SecurityScheme } from "@thingspace-callbacks/contract";
import type { Caller } from "../operations/handler.ts";
import { createRefusal } from "../operations/refusal.ts";
import type { SessionErrors } from "../options.ts";
import type { Tokens } from "../state/tokens.ts";

/**
 * Refuses a request without the credentials that the operation's security demands. `tokens` are those that were issued;
 * without them any token will do (lenient).
 *
 * @returns the session, if the operation demands one, and its user, if tokens are looked up
 * @throws {Refusal} 401, or 400 for a session that the platform refuses
 */
export type Authenticate = (
  operation: Operation,
  headers: IncomingHttpHeaders,
  tokens: Tokens | undefined,
) => Pick<Caller, "sessionToken" | "user">;

type SessionProblem = "missing" | "malformed" | "invalid" | "expired";

// The bodies are named examples of the documents.
const sessionExamples: Record<SessionErrors, Record<SessionProblem, string>> = {
  gateway: {
    missing: "missingSessionToken",
    malformed: "invalidSessionToken",
    invalid: "invalidSessionToken",
    expired: "invalidSessionToken",
  },
  platform: {
    missing: "sessionTokenFormat",
    malformed: "sessionTokenFormat",
    invalid: "sessionTokenInvalid",
    expired: "sessionTokenExpired",
  },
};

/** Creates the function that checks tokens. */
export function createAuthentication(sessionErrors: SessionErrors): Authenticate {
  return (operation, headers, tokens) => {
    let session: Session = {};
    for (const scheme of operation.security) {
      if (scheme.sentAs === "header") {
        session = findSession(headers[scheme.header.toLowerCase()], tokens);
        if (session.problem) throw createRefusal(operation, sessionExamples[sessionErrors][session.problem]);
      } else {
        const problem = findAuthorizationProblem(scheme.sentAs, headers.authorization, tokens);
        if (problem) throw createRefusal(operation, nameExample(problem, scheme, operation, headers));
      }
    }
    return session;
  };
}

type AuthorizationProblem = "missing" | "malformed" | "invalid";

const forms = {
  bearer: (header: string) => /^Bearer +\S+$/i.test(header),
  // A key, a colon and a secret, encoded.
  basic: (header: string) => {
    const [, encoded = ""] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header) ?? [];
    return Buffer.from(encoded, "base64").includes(":");
  },
};

function findAuthorizationProblem(
  form: keyof typeof forms,
  header: string | undefined,
  tokens: Tokens | undefined,
): AuthorizationProblem | undefined {
  if (!header) return "missing";
  if (!forms[form](header)) return "malformed";
  // Key and secret are for the OAuth operations to judge.
  if (form === "basic" || !tokens) return undefined;
  return tokens.isValid(header.split(" ").at(-1) ?? "") ? undefined : "invalid";
}

/** The name of the document's example, such as `missingAccessToken`; `missingTokens` when nothing at all was sent. */
function nameExample(
  problem: AuthorizationProblem,
  { name }: SecurityScheme,
  { security }: Operation,
  headers: IncomingHttpHeaders,
): string {
  const session = security.find(({ token }) => token === "session");
  if (problem === "missing" && session && !headers[session.header.toLowerCase()]) return "missingTokens";
  return `${problem}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

interface Session extends Pick<Caller, "sessionToken" | "user"> {
  problem?: SessionProblem;
}

function findSession(header: string | string[] | undefined, tokens: Tokens | undefined): Session {
  if (!header) return { problem: "missing" };
  const sessionToken = String(header);
  if (!tokens) return { sessionToken };
  const user = tokens.useSession(sessionToken);
  if (user !== undefined) return { sessionToken, user };
  if (tokens.hasExpired(sessionToken)) return { problem: "expired" };
  return { problem: isGuid(sessionToken) ? "invalid" : "malformed" };
}

const isGuid = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
