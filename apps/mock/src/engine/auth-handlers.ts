import { getSuccess } from "@thingspace-callbacks/contract";
import type { operations as Auth } from "@thingspace-callbacks/contract/types/auth";
import { type Handlers, type HandlersOf, ok } from "../operations/handler.ts";
import { createRefusal, getExample } from "../operations/refusal.ts";

/**
 * Creates the handlers that issue and end access tokens and sessions. With strict authentication only the users of
 * the space can log in; without it (lenient) any user can.
 */
export function createAuthHandlers(isStrict: boolean): Handlers {
  const auth: HandlersOf<Auth> = {
    requestToken: ({ operation, space, caller: { application = "" } }) => {
      const { token, expiresInSeconds } = space.tokens.issue(application);
      return ok({
        ...getExample(operation, 200, "issued"),
        access_token: token,
        expires_in: expiresInSeconds,
      });
    },
    revokeToken: ({ operation, space, body: { token } }) => {
      space.tokens.revoke(token);
      const { status, response } = getSuccess(operation);
      // The document has one header, for the token.
      const names = Object.keys(response.headers);
      return { status, headers: Object.fromEntries(names.map((name) => [name, encodeURIComponent(token)])) };
    },
    logIn: ({ operation, body, space: { tokens, credentials } }) => {
      const { username, password } = body;
      if (isStrict) {
        if (tokens.isLocked(username)) throw createRefusal(operation, "userLocked");
        const { users } = credentials.get();
        const known = users.some((user) => user.username === username && user.password === password);
        if (!known) {
          tokens.countFailedLogin(username);
          throw createRefusal(operation, "invalidCredentials");
        }
        tokens.forgetFailedLogins(username);
      }
      return ok({ sessionToken: tokens.startSession(username) });
    },
    logOut: ({ space, caller: { sessionToken = "" } }) => {
      space.tokens.endSession(sessionToken);
      return ok({ sessionToken });
    },
  };
  return { auth };
}
