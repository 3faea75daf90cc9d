import { type ClientOptions, createThingSpaceClient } from "../src/index.ts";

/** A kind of request: `requestToken`, `logIn`, `logOut`, or `call` for everything else. */
export type Asked = "requestToken" | "logIn" | "logOut" | "call";

/** Returns the response to a request; undefined for the default response, a promise that never settles to leave it open. */
export type Responder = (
  request: Request,
  count: number,
) => Response | undefined | Promise<Response | undefined>;

export const secrets = {
  key: "the-application-key",
  secret: "the-application-secret",
  username: "the-user-name",
  password: "the-pass-word",
};

export const account = "0242078689-00001";

/**
 * A service behind `fetch`: it issues `access-1`, `access-2` and so on, and `session-1` and so on; a call gets
 * 200 if it carries the newest of each, otherwise 401.
 */
export function createService(responders: Partial<Record<Asked, Responder>> = {}) {
  const asked: { what: Asked; request: Request }[] = [];
  const firsts: Record<Asked, PromiseWithResolvers<void>> = {
    requestToken: Promise.withResolvers(),
    logIn: Promise.withResolvers(),
    logOut: Promise.withResolvers(),
    call: Promise.withResolvers(),
  };
  const count = (what: Asked) => asked.filter((entry) => entry.what === what).length;
  const newest = { access: 0, session: 0 };

  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    request.signal.throwIfAborted();
    const what = askedBy(request);
    asked.push({ what, request: request.clone() });
    firsts[what].resolve();
    const response = await responders[what]?.(request, count(what));
    if (response) return response;
    if (what === "requestToken") {
      newest.access++;
      return Response.json({ access_token: access(), token_type: "Bearer", expires_in: 3600 });
    }
    if (what === "logIn") {
      newest.session++;
      return Response.json({ sessionToken: session() });
    }
    const isRight =
      request.headers.get("Authorization") === `Bearer ${access()}` &&
      request.headers.get("VZ-M2M-Token") === session();
    return isRight ? Response.json({}) : fault(401);
  };
  const access = () => `access-${newest.access}`;
  const session = () => `session-${newest.session}`;

  return {
    fetch,
    asked,
    count,
    /** Resolves when this kind of request arrives for the first time. */
    whenAsked: (what: Asked) => firsts[what].promise,
    /** Makes every issued token invalid. */
    forgetTokens: () => {
      newest.access += 100;
      newest.session += 100;
    },
    /** A client of this service. */
    client: (options: ClientOptions = {}) =>
      createThingSpaceClient({ credentials: secrets, fetch, retries: 0, ...options }),
  };
}

export const fault = (status: number, code = "900901") =>
  Response.json({ fault: { code, message: "Invalid Credentials", description: "Refused." } }, { status });

export const refusal = (
  status: number,
  errorCode = "INVALID_PARAMETER",
  errorMessage = "url: is required.",
) => Response.json({ errorCode, errorMessage }, { status });

function askedBy({ url }: Request): Asked {
  if (url.endsWith("/oauth2/token")) return "requestToken";
  if (url.endsWith("/session/login")) return "logIn";
  return url.endsWith("/session/logout") ? "logOut" : "call";
}

/** Resolves with the error that a promise is rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It was not rejected");
}
