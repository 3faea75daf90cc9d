/**
 * The reason why a request was not acknowledged, or what is wrong with a message that was. Each code has one status;
 * `UNDOCUMENTED_MESSAGE`, `NO_HANDLER` and `SEEN_FAILED` can also concern a message that was acknowledged.
 */
export type FailureCode = keyof typeof statuses;

/** The status of the response to each failure. */
export const statuses = {
  METHOD_NOT_ALLOWED: 405,
  ADDRESS_NOT_ALLOWED: 403,
  UNSUPPORTED_MEDIA_TYPE: 415,
  COMPRESSED_BODY: 415,
  BODY_TOO_LARGE: 413,
  BODY_TOO_SLOW: 408,
  BODY_INCOMPLETE: 400,
  BODY_ALREADY_READ: 500,
  INVALID_JSON: 400,
  NOT_VERIFIED: 401,
  UNDOCUMENTED_MESSAGE: 422,
  NO_HANDLER: 204,
  HANDLER_FAILED: 500,
  HANDLER_TIMEOUT: 503,
  BEING_HANDLED: 503,
  SEEN_FAILED: 500,
  NOT_A_WEB_REQUEST: 500,
} as const;

interface Details {
  headers?: Record<string, string>;
  cause?: unknown;
}

/**
 * A request or message that the listener does not accept. Its message and headers are sent to the client, so they contain
 * none of the request's values; its cause is only passed to `onError`.
 */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: FailureCode;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: FailureCode, reason: string, { headers = {}, cause }: Details = {}) {
    super(reason, { cause });
    this.code = code;
    this.status = statuses[code];
    this.headers = headers;
  }
}

/** The response that an adapter sends. */
export interface AdapterResponse {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/** 204, because there is nothing to say: any 2xx status acknowledges a message (departure D10). */
export const acknowledged: AdapterResponse = { status: 204, headers: {}, body: null };

export function toResponse({ status, message, headers }: Refusal): AdapterResponse {
  return {
    status,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ error: message }),
  };
}
