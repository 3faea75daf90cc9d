import { type CallInfo, redactText } from "../call/call-info.ts";
import type { Refusal } from "./refusal.ts";

/** An error with the facts of the call that failed. */
class CallError extends Error implements CallInfo {
  declare readonly operation: string;
  declare readonly account: string | undefined;
  declare readonly attempts: number;

  constructor(call: CallInfo, message: string, details?: object) {
    super(`${call.operation} ${message}`);
    Object.assign(this, call, details);
  }

  /** Returns plain data for logs. */
  toJSON(): object {
    return { ...this, message: this.message };
  }
}

/** Thrown when the last attempt got no response: no connection, or a connection that broke before the end of the body. */
export class ThingSpaceNetworkError extends CallError {
  override readonly name = "ThingSpaceNetworkError";
  /** The system's code, such as `ECONNREFUSED`, if the runtime gives one. */
  declare readonly code: string | undefined;
  /**
   * True if the request certainly did not reach the service, because no connection was made. False if it may have
   * reached the service, and if the runtime gives no code (browsers and Deno).
   */
  declare readonly isUnsent: boolean;
}

/** Thrown when the last attempt took longer than `timeoutMs`. */
export class ThingSpaceTimeoutError extends CallError {
  override readonly name = "ThingSpaceTimeoutError";
  /** In milliseconds. */
  declare readonly timeoutMs: number;
}

/**
 * Thrown by `unwrap` for a result that is not ok. A call throws it when a 2xx has a body that is not the documented one,
 * and when a token request fails for a reason other than rejected credentials.
 */
export class ThingSpaceApiError extends CallError {
  override readonly name = "ThingSpaceApiError";
  declare readonly status: number;
  /** The API's `errorCode`, the gateway's `fault.code` or the OAuth provider's `error`; undefined without one. */
  declare readonly code: string | undefined;
  /** Value of the header `x-request-id` or one with a similar name. */
  declare readonly requestId: string | undefined;
}

/**
 * Thrown when the client cannot get a token. Failed logins lock the user, so the client does not send rejected
 * credentials again until `authenticate` replaces them. After three logins in a row whose outcome is unknown it waits
 * three hours before it sends one more.
 */
export class ThingSpaceCredentialsError extends CallError {
  override readonly name = "ThingSpaceCredentialsError";
  /**
   * `missing`: the client has no credentials for the call. `rejected`: the service has rejected them. `unknown`: logins
   * got no response, so they may have been rejected.
   */
  declare readonly reason: "missing" | "rejected" | "unknown";
  /** Status of the rejection; undefined for the other reasons. */
  declare readonly status: number | undefined;
  /** The service's code for the rejection. */
  declare readonly code: string | undefined;
}

/** The parts of a response that its error shows. */
interface RefusalWithStatus extends Refusal {
  status: number;
}

/** Describes a response in words that follow the operation's name. */
export const describeRefusal = ({ status, code, message }: RefusalWithStatus) =>
  `got status ${status}${code ? ` ${code}` : ""}: ${message}`;

export function createApiError(
  call: CallInfo,
  refusal: RefusalWithStatus,
  { headers }: Pick<Response, "headers">,
): ThingSpaceApiError {
  const { status, code } = refusal;
  const [, id] = [...headers].find(([name]) => /(request|correlation)-?id$/.test(name)) ?? [];
  const requestId = id && redactText(id, call);
  return new ThingSpaceApiError(call, describeRefusal(refusal), { status, code, requestId });
}

export const createCredentialsError = (
  call: CallInfo,
  sentence: string,
  details: Pick<ThingSpaceCredentialsError, "reason"> & { status?: number; code?: string | undefined },
) => new ThingSpaceCredentialsError(call, `${sentence} Call authenticate(credentials).`, details);

// They compare names, because `instanceof` fails for errors of another realm or of a second copy of this package.
const createGuard =
  <E extends Error>(name: string): Guard<E> =>
  (error): error is E =>
    (error as Error | undefined)?.name === name;

type Guard<E> = (error: unknown) => error is E;

/** Returns true for a {@link ThingSpaceNetworkError}, also of another copy of this package. */
export const isThingSpaceNetworkError: Guard<ThingSpaceNetworkError> =
  /* @__PURE__ */ createGuard("ThingSpaceNetworkError");
/** Returns true for a {@link ThingSpaceTimeoutError}, also of another copy of this package. */
export const isThingSpaceTimeoutError: Guard<ThingSpaceTimeoutError> =
  /* @__PURE__ */ createGuard("ThingSpaceTimeoutError");
/** Returns true for a {@link ThingSpaceApiError}, also of another copy of this package. */
export const isThingSpaceApiError: Guard<ThingSpaceApiError> =
  /* @__PURE__ */ createGuard("ThingSpaceApiError");
/** Returns true for a {@link ThingSpaceCredentialsError}, also of another copy of this package. */
export const isThingSpaceCredentialsError: Guard<ThingSpaceCredentialsError> = /* @__PURE__ */ createGuard(
  "ThingSpaceCredentialsError",
);
