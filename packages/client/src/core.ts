import type { Credentials } from "./auth/credentials.ts";
import { createTokens, type Tokens } from "./auth/tokens.ts";
import { quietly } from "./call/quietly.ts";
import type { Table } from "./call/table.ts";
import { type AuthOperations, type Operations, sessionHeader } from "./generated/operations.ts";
import { createOperations } from "./operations.ts";
import type { ClientOptions } from "./options.ts";
import { defaultTimeoutMs, type Transport } from "./request/send.ts";
import { credentialsError } from "./result/errors.ts";
import { checkClientOptions, checkCredentials } from "./validate.ts";

type Api = keyof Operations;

/** What every client can do besides its operations. */
export interface Core {
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

/** A client of the APIs of these tables. */
export function createCore<A extends Api>(
  tables: Record<A | "auth", Table<never>>,
  given: ClientOptions,
): {
  core: Core & Pick<Operations, A | "auth">;
  baseUrlOf(table: Pick<Table, "servers">): string;
  transport: Transport;
} {
  checkClientOptions(given);
  const options = { ...given };
  const { environment = "production", origin, tokenStore } = options;
  let tokens: Tokens | undefined;

  const transport: Transport = {
    options,
    secrets: [],
    slotOf: (kind, info) => {
      const slot = tokens?.[kind];
      if (slot) return slot;
      throw credentialsError(info, `has no ${kind} credentials, or close() was called.`);
    },
  };

  const baseUrlOf = ({ servers: { [environment]: server } }: Pick<Table, "servers">) =>
    origin ? new URL(new URL(server).pathname, origin).href : server;
  const named = Object.fromEntries(
    Object.entries<Table>(tables).map(([api, table]) => [
      api,
      createOperations(api, table, baseUrlOf(table), transport),
    ]),
  ) as unknown as Pick<Operations, A | "auth">;
  const authenticate = (credentials: Credentials) => {
    checkCredentials(credentials);
    const basic = base64(`${credentials.key}:${credentials.secret}`);
    transport.secrets = [...Object.values(credentials), basic];
    const server = baseUrlOf(tables.auth);
    tokens = createTokens(credentials, {
      // The tokens are got by the client's own operations, with their retries and hooks.
      createAuth: (watch) =>
        createOperations("auth", tables.auth, server, { ...transport, watch }) as unknown as AuthOperations,
      server,
      store: tokenStore,
      basic,
      waitMs: options.timeoutMs ?? defaultTimeoutMs,
    });
  };
  if (options.credentials !== undefined) authenticate(options.credentials);

  const core = {
    ...named,
    authenticate,
    close: async () => {
      const closing = tokens;
      tokens = undefined;
      await quietly(async () => {
        const session = tokenStore ? undefined : await closing?.session.held?.();
        if (!closing || !session) return;
        const access = await closing.access.get();
        // Given as headers, refused tokens are not renewed.
        const headers = { Authorization: `Bearer ${access.token}`, [sessionHeader]: session.token };
        await named.auth.logOut({ headers });
      });
      // Known until here, so that errors and hooks do not show them; authenticate may have given others.
      if (!tokens) transport.secrets = [];
    },
  };
  return { core, baseUrlOf, transport };
}

/** Of the UTF-8 bytes. */
const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
