import type { CallInfo } from "../call/call-info.ts";

/**
 * The result of a call: a union on `ok` and on `status`. Every member can be destructured; either `data` or `error` is
 * defined.
 *
 * `Errors` has the type of the documented error body by status. At any other status `error` is `unknown`: the parsed
 * JSON object, or the text of the body.
 *
 * @example
 * const { data, error, code, message } = await thingspace.v2.listRegisteredCallbacks("0000123456-00001");
 */
export type Result<Data, Errors = Record<never, never>> =
  | Success<Data>
  | DocumentedFailure<Errors>
  | Failure<Exclude<ErrorStatus, keyof Errors>, unknown>;

/** The result of a call, whatever the operation. {@link Result} has the types of the operation. */
export type Outcome = Success<unknown> | Failure<number, unknown>;

/** The members of every result. */
interface ResultFacts {
  /** The response, whose body has been read. With an injected `fetch`, that function's own response. */
  response: Response;
  /** The whole body. */
  text: string;
  call: CallInfo;
}

/** The result of a call with a 2xx response. */
export interface Success<Data> extends ResultFacts {
  ok: true;
  /** The documents have 200 only. */
  status: SuccessStatus;
  /**
   * The documented data. The body of a list operation is checked. All other operations succeed whatever the body of the
   * 2xx is: members that it does not have are undefined.
   */
  data: Data;
  error?: undefined;
  code?: undefined;
  message?: undefined;
}

/** The result of a call with any other status. */
export interface Failure<Status, Body> extends ResultFacts {
  ok: false;
  status: Status;
  data?: undefined;
  /**
   * The JSON object of the body, otherwise its text. A gateway may send a body that is not documented; then the documented
   * members are undefined.
   */
  error: Body;
  /** The API's `errorCode`, the gateway's `fault.code` or the OAuth provider's `error`; undefined without one. */
  code: string | undefined;
  /** The message of the same error, at most 1,000 characters; without one, the beginning of the body. */
  message: string;
}

type DocumentedFailure<Errors> = {
  [Status in keyof Errors & ErrorStatus]: Failure<Status, Errors[Status]>;
}[keyof Errors & ErrorStatus];

type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206;

// Written out, because a plain `number` would match every `result.status === 400`.
type ErrorStatus =
  | (300 | 301 | 302 | 303 | 304 | 307 | 308)
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414)
  | (415 | 416 | 417 | 418 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451)
  | (500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511);
