import type { CallInfo } from "./call-info.ts";

/**
 * The outcome of a call: a union on `ok` and `status`.
 *
 * - `ok` is that of the response. `data` has the type documented for 200 and is checked to be of its kind: an array or
 *   an object with its required members. A call with another 2xx body throws a `ThingSpaceApiError`.
 * - `error` has the type documented for that status, or is something else that a gateway sent, in which case the
 *   documented members are undefined: the types make you say what then. `text` is the body as it came.
 * - For an undocumented status `error` is `unknown`: parsed JSON, or the text of the body.
 */
export type Result<Operation> = Success<Operation> | Failure<Operation>;

/** The request body of an operation. */
export type Body<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : never;

type Responses<Operation> = Operation extends { responses: infer R } ? R : never;

interface Answer {
  /** Its body has been read; it has the headers. */
  response: Response;
  /** The body as it came. */
  text: string;
  call: CallInfo;
}

interface Success<Operation> extends Answer {
  ok: true;
  /** Documented is 200. */
  status: SuccessStatus;
  data: {
    [S in keyof Responses<Operation> & SuccessStatus]: Payload<Responses<Operation>[S]>;
  }[keyof Responses<Operation> & SuccessStatus];
}

type Failure<Operation> = {
  [Status in ErrorStatus]: Answer & {
    ok: false;
    status: Status;
    error: Status extends keyof Responses<Operation>
      ? OrUnlike<Payload<Responses<Operation>[Status]>>
      : unknown;
  };
}[ErrorStatus];

/** The documented body, or one that has none of its members. */
type OrUnlike<Documented> = Documented | { [Member in AnyKeyOf<Documented>]?: undefined };
type AnyKeyOf<T> = T extends unknown ? keyof T : never;

type Payload<Content> = Content extends { content: infer C extends object } ? C[keyof C] : undefined;

type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206;

// Spelt out, because a plain `number` would take part in every `result.status === 400`.
type ErrorStatus =
  | (300 | 301 | 302 | 303 | 304 | 307 | 308)
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414)
  | (415 | 416 | 417 | 418 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451)
  | (500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511);
