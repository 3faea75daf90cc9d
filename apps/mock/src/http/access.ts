import type { IncomingHttpHeaders } from "node:http";
import type { Operation } from "@thingspace-callbacks/contract";
import type { Config } from "../config.ts";
import { demandControl } from "../control/guard.ts";
import type { Caller } from "../operations/handler.ts";
import { createRefusal } from "../operations/refusal.ts";
import type { Route } from "../operations/routes.ts";
import type { SessionErrors } from "../options.ts";
import type { Space } from "../spaces/space.ts";
import { createAuthentication } from "./authentication.ts";
import { readBasic } from "./basic-credentials.ts";

/** The options that access depends on. */
export interface AccessOptions {
  /** The applications and users of strict authentication; without it any tokens and any key will do (lenient). */
  config?: Config | undefined;
  /** Who refuses a session, the gateway or the platform behind it. */
  sessionErrors: SessionErrors;
  /** Demanded by the control operations, if there is one. */
  controlToken?: string | undefined;
}

/**
 * Decides whether a request may call an operation: the only place that does.
 *
 * @returns who calls
 * @throws {Refusal} 400, 401 or 403 of the operation
 */
export type DecideAccess = (
  route: Route,
  headers: IncomingHttpHeaders,
  account: string | undefined,
  space: Space,
) => Caller;

/** Creates the function that decides who may call. */
export function createAccess({ config, sessionErrors, controlToken }: AccessOptions): DecideAccess {
  const authenticate = createAuthentication(sessionErrors);
  return ({ api, operation }, headers, account, { tokens }) => {
    if (api === "control") {
      demandControl(operation, headers, controlToken);
      return {};
    }
    const session = authenticate(operation, headers, config && tokens);
    if (operation.security.some(({ sentAs }) => sentAs === "basic")) {
      return { application: demandApplication(operation, headers.authorization ?? "", config) };
    }
    if (config && account !== undefined) demandAccount(operation, { config, account, user: session.user });
    return session;
  };
}

/** Returns the key of the application that a Basic header names. With a configuration it must be known. */
function demandApplication(operation: Operation, header: string, config: Config | undefined): string {
  const given = readBasic(header);
  const [asSent] = given;
  if (!config) return asSent.key;
  const application = config.applications.find((known) =>
    given.some(({ key, secret }) => known.key === key && known.secret === secret),
  );
  if (!application) throw createRefusal(operation, "invalidClient");
  return application.key;
}

/** With strict authentication a user may touch only its own accounts. */
function demandAccount(
  operation: Operation,
  { config, account, user }: { config: Config; account: string; user: string | undefined },
): void {
  const { accounts = [] } = config.users.find(({ username }) => username === user) ?? {};
  if (!accounts.includes("*") && !accounts.includes(account)) {
    throw createRefusal(operation, "accountNotPermitted");
  }
}
