import { createOperations } from "./api.ts";
import { checkClientOptions, checkCredentials } from "./check.ts";
import type { Credentials } from "./credentials.ts";
import { ThingSpaceCredentialsError } from "./errors.ts";
import { type Operations, servers, sessionHeader } from "./generated/operations.ts";
import { tellerOf } from "./hooks.ts";
import { setInside } from "./inside.ts";
import type { ClientOptions } from "./options.ts";
import { quietly } from "./quietly.ts";
import { createRegistrations, type Registrations } from "./registrations.ts";
import { base64, createTokens, type Tokens } from "./tokens.ts";
import type { Transport } from "./transport.ts";

/** The operations of each API by operationId, parameters in the documents' order, then the body, then options. */
export interface ThingSpaceClient extends Operations {
  /** Finds and moves registrations in any generation. */
  registrations: Registrations;
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
    fetch: fetch,
    timeoutMs,
    retries,
    hooks: {
      onRequest: tellerOf(onRequest),
      onResponse: tellerOf(onResponse),
      onRetry: tellerOf(onRetry),
    },
    redaction: (headers) => {
      const given: Partial<Credentials> = credentials ?? {};
      return (text) =>
        withoutSecrets(text, [
          ...Object.values(given),
          base64(`${given.key}:${given.secret}`),
          ...(headers["authorization"]?.split(" ") ?? []),
          headers[sessionHeader],
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

  const baseUrls = mapValues(servers, ({ [environment]: server }) =>
    origin ? new URL(new URL(server).pathname, origin).href : server,
  );
  const named = mapValues(baseUrls, (baseUrl, api) =>
    createOperations(api, baseUrl, transport),
  ) as unknown as Operations;
  const authenticate = (replacement: Credentials) => {
    checkCredentials(replacement);
    credentials = replacement;
    tokens = createTokens(credentials, named.auth, baseUrls.auth, tokenStore);
  };
  if (options.credentials) authenticate(options.credentials);

  const thingspace: ThingSpaceClient = {
    ...named,
    registrations: createRegistrations(named),
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
  setInside(thingspace, { baseUrls, transport });
  return thingspace;
}

const mapValues = <K extends string, V, T>(values: Record<K, V>, change: (value: V, key: K) => T) =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, change(value as V, key as K)]),
  ) as Record<K, T>;

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
