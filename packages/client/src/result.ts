/**
 * The outcome of a call: a union on `ok` and `status`. For a status that the document names, `data` or `error` has the
 * documented type; for any other it is `unknown`: parsed JSON, or the text of the body.
 */
export type Result<Operation> = Documented<Operation> | Undocumented<DocumentedStatus<Operation>>;

/** The request body of an operation. */
export type Body<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : never;

type Responses<Operation> = Operation extends { responses: infer R } ? R : never;
type DocumentedStatus<Operation> = keyof Responses<Operation>;

type Documented<Operation> = {
  [Status in DocumentedStatus<Operation>]: Outcome<Status, Payload<Responses<Operation>[Status]>>;
}[DocumentedStatus<Operation>];

type Undocumented<Known> = {
  [Status in Exclude<SuccessStatus | ErrorStatus, Known>]: Outcome<Status, unknown>;
}[Exclude<SuccessStatus | ErrorStatus, Known>];

type Outcome<Status, Value> = Status extends SuccessStatus
  ? { ok: true; status: Status; data: Value; response: Response }
  : { ok: false; status: Status; error: Value; response: Response };

type Payload<Answer> = Answer extends { content: infer Content extends object }
  ? Content[keyof Content]
  : undefined;

type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206;

// Spelt out, because a plain `number` would take part in every `result.status === 400`.
type ErrorStatus =
  | (300 | 301 | 302 | 303 | 304 | 307 | 308)
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414)
  | (415 | 416 | 417 | 418 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451)
  | (500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511);
