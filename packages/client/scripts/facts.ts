import {
  type Api,
  type Operation,
  type SecurityScheme,
  type Token,
  tokenFacts,
} from "@thingspace-callbacks/contract";

/** Returns the text of src/generated/facts.ts: how tokens are sent and how long they live. */
export function writeFacts(apis: Api[]): string {
  const schemes = apis.flatMap(({ operations }) => operations.flatMap(({ security }) => security));
  const headers = tokenKinds.map((kind) => [kind, describeHeader(schemes, kind)] as const);
  return [
    "/** The header of each kind of token, in lower case, and the text before the token. */",
    `export const tokenHeaders = ${JSON.stringify(Object.fromEntries(headers))} as const;`,
    "",
    "/** Lifetime of an access token, in seconds. */",
    `export const accessTokenSeconds = ${tokenFacts.accessTokenSeconds};`,
    "",
    "/** How long a session lives without use, in seconds. */",
    `export const sessionIdleSeconds = ${tokenFacts.sessionIdleSeconds};`,
    "",
    "/** Failed logins in a row that lock a user. */",
    `export const failuresToLock = ${tokenFacts.failuresToLock};`,
    "",
  ].join("\n");
}

/**
 * The kinds of tokens that the client can send, in the order in which it gets them. The session comes first, because
 * logging in may find that the access token has to be renewed.
 */
const tokenKinds = ["session", "access", "key"] as const;

type TokenKind = (typeof tokenKinds)[number];

/** The kind of token that the client sends for a token of the documents. */
const kinds: Partial<Record<Token, TokenKind>> = { session: "session", access: "access", application: "key" };

/** Returns the tokens that an operation needs, in the order to get them in. */
export function listTokenKinds({ operationId, security }: Operation): TokenKind[] {
  const needed = security.map(({ token }) => {
    const kind = kinds[token];
    if (!kind) throw new Error(`${operationId}: the client cannot send the token ${token}`);
    return kind;
  });
  return tokenKinds.filter((kind) => needed.includes(kind));
}

function describeHeader(schemes: SecurityScheme[], kind: TokenKind): { name: string; prefix: string } {
  const headers = schemes
    .filter(({ token }) => kinds[token] === kind)
    .map(({ header, sentAs }) => ({ name: header.toLowerCase(), prefix: prefixes[sentAs] }));
  const [first, ...others] = headers;
  if (!first || others.some(({ name, prefix }) => name !== first.name || prefix !== first.prefix)) {
    throw new Error(`The documents must send the token ${kind} in one way`);
  }
  return first;
}

const prefixes: Record<SecurityScheme["sentAs"], string> = { header: "", bearer: "Bearer ", basic: "Basic " };
