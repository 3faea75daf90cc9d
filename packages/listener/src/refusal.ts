/**
 * Why a request is not acknowledged. Its message and headers are answered to the sender, so they hold nothing of the
 * request's values; its cause is for `onError` only.
 */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, reason: string, headers: Record<string, string> = {}, cause?: unknown) {
    super(reason, { cause });
    this.status = status;
    this.headers = headers;
  }
}

/** What an adapter sends back. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/** 204, because there is nothing to say: any 2xx acknowledges (departure D10). */
export const acknowledged: Answer = { status: 204, headers: {}, body: null };

export function answerOf({ status, message, headers }: Refusal): Answer {
  return {
    status,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ error: message }),
  };
}
