import type { IncomingHttpHeaders } from "node:http";
import type { Operation } from "@thingspace-callbacks/contract";
import { demandControl } from "../control/guard.ts";
import type { Caller } from "../operations/handler.ts";
import { createRefusal } from "../operations/refusal.ts";
import type { Route } from "../operations/routes.ts";
import type { SessionErrors } from "../options.ts";
import type { Space } from "../spaces/space.ts";
import type { KnownCredentials, User } from "../state/credentials.ts";
import { createAuthentication } from "./authentication.ts";
import { readBasic } from "./basic-credentials.ts";

/** The options that access depends on. */
export interface AccessOptions {
  /** True if only known applications and users are accepted; otherwise any tokens and any key will do (lenient). */
  isStrict: boolean;
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
export function createAccess({ isStrict, sessionErrors, controlToken }: AccessOptions): DecideAccess {
  const authenticate = createAuthentication(sessionErrors);
  return ({ api, operation }, headers, account, { tokens, credentials }) => {
    if (api === "control") {
      demandControl(operation, headers, controlToken);
      return {};
    }
    const known = isStrict ? credentials.get() : undefined;
    const session = authenticate(operation, headers, isStrict ? tokens : undefined);
    if (operation.security.some(({ sentAs }) => sentAs === "basic")) {
      return { application: demandApplication(operation, headers.authorization ?? "", known) };
    }
    if (known && account !== undefined)
      demandAccount(operation, known.users, { account, user: session.user });
    return session;
  };
}

/** Returns the key of the application that a Basic header names. With strict authentication it must be known. */
function demandApplication(
  operation: Operation,
  header: string,
  known: KnownCredentials | undefined,
): string {
  const given = readBasic(header);
  const [asSent] = given;
  if (!known) return asSent.key;
  const application = known.applications.find((candidate) =>
    given.some(({ key, secret }) => candidate.key === key && candidate.secret === secret),
  );
  if (!application) throw createRefusal(operation, "invalidClient");
  return application.key;
}

/** With strict authentication a user may touch only its own accounts. */
function demandAccount(
  operation: Operation,
  users: User[],
  { account, user }: { account: string; user: string | undefined },
): void {
  const { accounts = [] } = users.find(({ username }) => username === user) ?? {};
  if (!accounts.includes("*") && !accounts.includes(account)) {
    throw createRefusal(operation, "accountNotPermitted");
  }
}
