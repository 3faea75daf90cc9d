import type { IncomingHttpHeaders } from "node:http";
import type { Operation, SecurityScheme } from "@thingspace-callbacks/contract";
import { createRefusal } from "../operations/refusal.ts";
import type { Tokens } from "../state/tokens.ts";

/**
 * Who refuses a session: the gateway, with 401 and a `fault`, or the platform behind it, with 400 and a code that
 * contains `.SessionToken.`. Sources have both (departure D4).
 */
export type SessionErrors = "gateway" | "platform";

/** Options for authentication. */
export interface AuthenticationOptions {
  /** Tokens that were issued; without them any token will do (lenient). */
  tokens?: Tokens | undefined;
  sessionErrors: SessionErrors;
}

/**
 * Refuses a request that lacks what the operation's security demands.
 *
 * @returns the session's user, if the operation demands a session and tokens are looked up
 * @throws {Refusal} 401, or 400 for a session that the platform refuses
 */
export type Authenticate = (operation: Operation, headers: IncomingHttpHeaders) => string | undefined;

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

/** Creates what authenticates requests. */
export function createAuthentication({ tokens, sessionErrors }: AuthenticationOptions): Authenticate {
  return (operation, headers) => {
    let user: string | undefined;
    for (const scheme of operation.security) {
      if (scheme.sentAs === "header") {
        const session = judgeSession(headers[scheme.header.toLowerCase()], tokens);
        if (session.problem) throw createRefusal(operation, sessionExamples[sessionErrors][session.problem]);
        user = session.user;
      } else {
        const problem = findAuthorizationProblem(scheme.sentAs, headers.authorization, tokens);
        if (problem) throw createRefusal(operation, nameExample(problem, scheme, operation, headers));
      }
    }
    return user;
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

type Session = { user: string | undefined; problem?: undefined } | { problem: SessionProblem };

function judgeSession(header: string | string[] | undefined, tokens: Tokens | undefined): Session {
  if (!header) return { problem: "missing" };
  if (!tokens) return { user: undefined };
  const sessionToken = String(header);
  const user = tokens.useSession(sessionToken);
  if (user !== undefined) return { user };
  if (tokens.hasExpired(sessionToken)) return { problem: "expired" };
  return { problem: isGuid(sessionToken) ? "invalid" : "malformed" };
}

const isGuid = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
