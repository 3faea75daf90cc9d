import type { operations as Auth } from "@thingspace-callbacks/contract/types/auth";
import type { Config } from "../config.ts";
import { type HandlerRequest, type Handlers, type HandlersOf, ok } from "../operations/handler.ts";
import { createRefusal, exampleOf } from "../operations/refusal.ts";
import type { Tokens } from "../state/tokens.ts";
import { readBasic } from "./basic-credentials.ts";

/**
 * Access tokens and sessions. With a configuration (strict) its applications and users are the only ones; without
 * (lenient) any key and any user will do.
 */
export function authHandlers(tokens: Tokens, config?: Config): Handlers {
  /** The key of a known application. */
  const demandApplication = ({ operation, headers }: HandlerRequest): string => {
    const given = readBasic(String(headers["authorization"]));
    const [asSent] = given;
    if (!config) return asSent.key;
    const application = config.applications.find((known) =>
      given.some(({ key, secret }) => known.key === key && known.secret === secret),
    );
    if (!application) throw createRefusal(operation, "invalidClient");
    return application.key;
  };

  const auth: HandlersOf<Auth> = {
    requestToken: (request) => {
      const { token, expiresInSeconds } = tokens.issue(demandApplication(request));
      return ok({
        ...exampleOf(request.operation, 200, "issued"),
        access_token: token,
        expires_in: expiresInSeconds,
      });
    },
    revokeToken: (request) => {
      demandApplication(request);
      const { token } = request.body;
      tokens.revoke(token);
      return { status: 200, headers: { RevokedAccessToken: encodeURIComponent(token) } };
    },
    logIn: ({ operation, body }) => {
      const { username, password } = body;
      if (config) {
        if (tokens.isLocked(username)) throw createRefusal(operation, "userLocked");
        const known = config.users.some((user) => user.username === username && user.password === password);
        if (!known) {
          tokens.loginFailed(username);
          throw createRefusal(operation, "invalidCredentials");
        }
        tokens.loginSucceeded(username);
      }
      return ok({ sessionToken: tokens.startSession(username) });
    },
    logOut: ({ operation, headers }) => {
      const session = operation.security.find((scheme) => scheme.sentAs === "header");
      const sessionToken = String(headers[session?.header.toLowerCase() ?? ""]);
      tokens.endSession(sessionToken);
      return ok({ sessionToken });
    },
  };
  return { auth };
}
