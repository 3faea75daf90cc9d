import { type Api, createOperations } from "./api.ts";
import { checkClientOptions, checkCredentials } from "./check.ts";
import type { Credentials } from "./credentials.ts";
import { draftSender } from "./draft.ts";
import { ThingSpaceCredentialsError } from "./errors.ts";
import { type Operations, servers, sessionHeader } from "./generated/operations.ts";
import type { HttpClients } from "./http.ts";
import type { ClientOptions } from "./options.ts";
import { createPlain } from "./plain.ts";
import { quietly } from "./quietly.ts";
import { createRegistrations, type Registrations } from "./registrations.ts";
import { base64, createTokens, type Tokens } from "./tokens.ts";
import type { Transport } from "./transport.ts";

/** The operations of each API by operationId, parameters in the documents' order, then the body, then options. */
export interface ThingSpaceClient extends Operations {
  /** Finds and moves registrations in any generation. */
  registrations: Registrations;
  /** Below the operations: the plain openapi-fetch client of each document. Their middleware is theirs alone. */
  http: HttpClients;
  /**
   * Gives or replaces the credentials. Calls that are under way go on with the tokens they have.
   *
   * @throws {TypeError} naming what is wrong with them.
   */
  authenticate(credentials: Credentials): void;
  /**
   * Ends the session that this client has started, unless it is shared through a `tokenStore`, and forgets the
   * credentials: later calls throw a `ThingSpaceCredentialsError`. Never fails: a session ends by itself, too.
   */
  close(): Promise<void>;
}

/**
 * Makes a client of the ThingSpace callback APIs. It sends nothing before the first call.
 *
 * @throws {TypeError} when an option is unknown or has a wrong value; the message names it and what was expected.
 * @example
 * const thingspace = createThingSpaceClient({ credentials: { key, secret, username, password } });
 * const result = await thingspace.v2.listRegisteredCallbacks("0000123456-00001");
 * if (result.ok) console.log(result.data.url);
 */
export function createThingSpaceClient(options: ClientOptions = {}): ThingSpaceClient {
  checkClientOptions(options);
  const { environment = "production", origin, timeoutMs = 10_000, retries = 2, tokenStore } = options;
  const { fetch, onRequest, onResponse, onRetry } = options;
  let credentials: Credentials | undefined;
  let tokens: Tokens | undefined;

  const transport: Transport = {
    fetch: draftSender(fetch),
    timeoutMs,
    retries,
    hooks: { onRequest, onResponse, onRetry },
    redaction: (headers) => {
      const given: Partial<Credentials> = credentials ?? {};
      return (text) =>
        withoutSecrets(text, [
          ...Object.values(given),
          base64(`${given.key}:${given.secret}`),
          ...(headers.get("Authorization")?.split(" ") ?? []),
          headers.get(sessionHeader),
        ]);
    },
    slotOf: (kind, info) => {
      const slot = tokens?.[kind];
      if (slot) return slot;
      const lacking = tokens
        ? "needs the application's key and secret."
        : "has no credentials, or close() was called.";
      throw new ThingSpaceCredentialsError(info, lacking);
    },
  };

  const baseUrlOf = (api: Api) => {
    const server = servers[api][environment];
    return origin ? new URL(new URL(server).pathname, origin).href : server;
  };
  const forEachApi = <T>(make: (api: Api, baseUrl: string, transport: Transport) => T) =>
    Object.fromEntries(
      (Object.keys(servers) as Api[]).map((api) => [api, make(api, baseUrlOf(api), transport)]),
    );

  const named = forEachApi(createOperations) as unknown as Operations;
  const authenticate = (replacement: Credentials) => {
    checkCredentials(replacement);
    credentials = replacement;
    tokens = createTokens(credentials, named.auth, baseUrlOf("auth"), tokenStore);
  };
  if (options.credentials) authenticate(options.credentials);

  return {
    ...named,
    registrations: createRegistrations(named),
    http: forEachApi(createPlain) as unknown as HttpClients,
    authenticate,
    close: async () => {
      const closing = tokens;
      tokens = undefined;
      await quietly(async () => {
        const session = tokenStore ? undefined : await closing?.session.held();
        if (!closing || !session) return;
        const access = await closing.access.get();
        // Given as headers, refused tokens are not renewed.
        const headers = { Authorization: `Bearer ${access.token}`, [sessionHeader]: session.token };
        await named.auth.logOut({ headers });
      });
      // Known until here, so that errors and hooks do not show them; authenticate may have given others.
      if (!tokens) credentials = undefined;
    },
  };
}

/** A text that is not ours, which may quote what was sent. */
function withoutSecrets(text: string, secrets: unknown[]): string {
  return (
    secrets
      .filter((secret) => typeof secret === "string")
      .filter(({ length }) => length > 3)
      // One may be part of another.
      .sort((one, other) => other.length - one.length)
      .reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text)
  );
}
