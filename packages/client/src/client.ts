import type { Credentials } from "./auth/credentials.ts";
import { createTokens, type Tokens } from "./auth/tokens.ts";
import { ignoreErrors } from "./call/ignore-errors.ts";
import type { ApiDescription } from "./call/operation.ts";
import { descriptions } from "./generated/descriptions.ts";
import { tokenHeaders } from "./generated/facts.ts";
import type { AuthOperations, Operations } from "./generated/operations.ts";
import type { Generation } from "./generated/registrations.ts";
import { createOperations } from "./operations.ts";
import type { ClientOptions } from "./options.ts";
import { createRegistrations, type Registrations } from "./registrations/registrations.ts";
import { defaultTimeoutMs } from "./request/attempt.ts";
import type { Transport } from "./request/transport.ts";
import { createCredentialsError } from "./result/errors.ts";
import { validateClientOptions, validateCredentials } from "./validate.ts";

/**
 * A client of the ThingSpace callback APIs. It has the operations of each API by operationId; their arguments are the
 * parameters in the order of the path, then the body, then {@link CallOptions}.
 */
export interface ThingSpaceClient extends Operations {
  /** Lists and moves registrations in any generation of the API. */
  registrations: Registrations;
  /**
   * Sets or replaces the credentials. Calls that are being sent keep the tokens that they have.
   *
   * @throws {OptionError} when the credentials are incomplete, unknown or wrong.
   */
  authenticate(credentials: Credentials): void;
  /**
   * Logs out of the session that this client has started, unless it is shared through a `tokenStore`, and forgets the
   * credentials: later calls throw a `ThingSpaceCredentialsError`. Never fails, because a session also expires by itself.
   */
  close(): Promise<void>;
}

/** A client of one generation of the API and of authentication. */
export type GenerationClient<Name extends Generation> = Pick<Operations, Name | "auth"> & Authentication;

type Authentication = Pick<ThingSpaceClient, "authenticate" | "close">;

/**
 * Creates a client of the ThingSpace callback APIs. It sends nothing before the first call.
 *
 * @throws {OptionError} when an option is unknown or has a wrong value.
 * @example
 * const thingspace = createThingSpaceClient({ credentials: { key, secret, username, password } });
 * const result = await thingspace.v2.listRegisteredCallbacks("0000123456-00001");
 * if (result.ok) console.log(result.data.url);
 */
export function createThingSpaceClient(options: ClientOptions = {}): ThingSpaceClient {
  return addRegistrations(assembleClient(descriptions, options).client);
}

/** Adds the view over the registrations of every generation. */
export function addRegistrations(client: Operations & Authentication): ThingSpaceClient {
  return { ...client, registrations: createRegistrations(client) };
}

/** A client of some of the APIs, and the parts that the entry `./http` needs as well. */
export interface ClientParts<Name extends keyof Operations> {
  client: Pick<Operations, Name | "auth"> & Authentication;
  transport: Transport;
  /** Returns the base URL of an API in the environment and at the origin of the options. */
  getBaseUrl(api: Pick<ApiDescription, "servers">): string;
}

/** @throws {OptionError} when an option is unknown or has a wrong value. */
export function assembleClient<Name extends keyof Operations>(
  apis: Record<Name | "auth", ApiDescription>,
  given: ClientOptions,
): ClientParts<Name> {
  validateClientOptions(given);
  const options = { ...given };
  const { environment = "production", origin, tokenStore } = options;
  let tokens: Tokens | undefined;

  const transport: Transport = {
    options,
    secrets: [],
    getTokenSource: (kind, info) => {
      const source = tokens?.[kind];
      if (source) return source;
      throw createCredentialsError(info, `has no ${kind} credentials, or close() was called.`, {
        reason: "missing",
      });
    },
  };

  const getBaseUrl = ({ servers }: Pick<ApiDescription, "servers">) => {
    const server = servers[environment];
    return origin ? new URL(new URL(server).pathname, origin).href : server;
  };

  const operations = Object.fromEntries(
    Object.entries<ApiDescription>(apis).map(([api, description]) => [
      api,
      createOperations(api, description, getBaseUrl(description), transport),
    ]),
    // The types and the descriptions are generated from the same documents.
  ) as unknown as Pick<Operations, Name | "auth">;

  const authenticate = (credentials: Credentials) => {
    validateCredentials(credentials);
    const basic = encodeBase64(`${credentials.key}:${credentials.secret}`);
    transport.secrets = [...Object.values(credentials), basic].filter((value) => typeof value === "string");
    const server = getBaseUrl(apis.auth);
    tokens = createTokens(credentials, {
      createAuth: (watch) =>
        createOperations("auth", apis.auth, server, {
          ...transport,
          watch,
        }) as unknown as AuthOperations,
      server,
      store: tokenStore,
      basic,
      waitMs: options.timeoutMs ?? defaultTimeoutMs,
    });
  };
  if (options.credentials !== undefined) authenticate(options.credentials);

  const close = async () => {
    const closing = tokens;
    tokens = undefined;
    if (closing && !tokenStore) await ignoreErrors(() => logOut(closing, operations.auth));
    // Until here errors and hooks need them to hide them. `authenticate` may have set others in the meantime.
    if (!tokens) transport.secrets = [];
  };

  return { client: { ...operations, authenticate, close }, transport, getBaseUrl };
}

/** Ends the session that was started for these tokens, if there is one. */
async function logOut({ session, access }: Tokens, auth: AuthOperations): Promise<void> {
  const started = await session.findRequested?.();
  if (!started) return;
  const { token } = await access.get();
  // The client has forgotten both tokens. Tokens that are given as headers are not renewed.
  await auth.logOut({
    headers: {
      [tokenHeaders.access.name]: tokenHeaders.access.prefix + token,
      [tokenHeaders.session.name]: started.token,
    },
  });
}

/** Encodes the UTF-8 bytes of a text. */
const encodeBase64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
