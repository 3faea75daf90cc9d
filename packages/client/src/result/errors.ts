import { type CallInfo, redacted } from "../call/call-info.ts";
import type { Refusal } from "./refusal.ts";

/** What every error of this package tells about the call that failed. */
class CallError extends Error implements CallInfo {
  declare readonly operation: string;
  declare readonly account: string | undefined;
  declare readonly attempts: number;

  constructor(call: CallInfo, message: string, details?: object) {
    super(`${call.operation} ${message}`);
    Object.assign(this, call, details);
  }

  /** Plain data for logs. */
  toJSON(): object {
    return { ...this, message: this.message };
  }
}

/** Thrown when the last attempt got no answer: no connection, or one that broke before the answer was complete. */
export class ThingSpaceNetworkError extends CallError {
  override readonly name = "ThingSpaceNetworkError";
  /** The system's code, such as `ECONNREFUSED`, where the runtime tells it. */
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
 * Thrown by `unwrap` for an answer that is not ok; by a call for one that is, but has another body than the document
 * says; and by a call whose tokens could not be had because of a status that is no verdict on the credentials.
 */
export class ThingSpaceApiError extends CallError {
  override readonly name = "ThingSpaceApiError";
  declare readonly status: number;
  /** The API's `errorCode`, the gateway's `fault.code` or the OAuth provider's `error`, if the answer has one. */
  declare readonly code: string | undefined;
  /** From the answer's `x-request-id` or a header of a similar name. */
  declare readonly requestId: string | undefined;
}

/**
 * Thrown when there are no credentials for a call, ThingSpace has rejected them, or nobody knows what came of three
 * logins in a row. Failed logins lock the user, so rejected credentials are not sent again until `authenticate`
 * replaces them. After three logins without an answer the client waits three hours before it sends one more.
 */
export class ThingSpaceCredentialsError extends CallError {
  override readonly name = "ThingSpaceCredentialsError";
  /** Undefined when nothing was sent. */
  declare readonly status: number | undefined;
  declare readonly code: string | undefined;
}

/** The parts of an answer that its error tells. */
interface AnsweredRefusal extends Refusal {
  status: number;
}

/** Describes an answer in words that follow the operation's name. */
export const describeRefusal = ({ status, code, message }: AnsweredRefusal) =>
  `was answered ${status}${code ? ` ${code}` : ""}: ${message}`;

export function apiError(call: CallInfo, refusal: AnsweredRefusal, headers: Headers): ThingSpaceApiError {
  const { status, code } = refusal;
  const [, id] = [...headers].find(([name]) => /(request|correlation)-?id$/.test(name)) ?? [];
  const requestId = id && redacted(call, id);
  return new ThingSpaceApiError(call, describeRefusal(refusal), { status, code, requestId });
}

export const credentialsError = (
  call: CallInfo,
  reason: string,
  details?: { status: number; code: string | undefined },
) => new ThingSpaceCredentialsError(call, `${reason} Call authenticate(credentials).`, details);

// By name, because `instanceof` fails for errors of another realm or of a second copy of this package.
const guard =
  <E extends Error>(name: string) =>
  (error: unknown): error is E =>
    (error as Error | undefined)?.name === name;

/** Whether this is a {@link ThingSpaceNetworkError}, of whatever copy of this package. */
export const isThingSpaceNetworkError =
  /* @__PURE__ */ guard<ThingSpaceNetworkError>("ThingSpaceNetworkError");
/** Whether this is a {@link ThingSpaceTimeoutError}, of whatever copy of this package. */
export const isThingSpaceTimeoutError =
  /* @__PURE__ */ guard<ThingSpaceTimeoutError>("ThingSpaceTimeoutError");
/** Whether this is a {@link ThingSpaceApiError}, of whatever copy of this package. */
export const isThingSpaceApiError = /* @__PURE__ */ guard<ThingSpaceApiError>("ThingSpaceApiError");
/** Whether this is a {@link ThingSpaceCredentialsError}, of whatever copy of this package. */
export const isThingSpaceCredentialsError = /* @__PURE__ */ guard<ThingSpaceCredentialsError>(
  "ThingSpaceCredentialsError",
);
