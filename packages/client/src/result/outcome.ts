import type { Call } from "../call/call.ts";
import { type CallInfo, redacted } from "../call/call-info.ts";
import type { Row } from "../call/table.ts";
import type { Answer } from "../request/attempt.ts";
import { isObject } from "../validate.ts";
import { apiError } from "./errors.ts";
import { parseObject } from "./parse-object.ts";
import { readRefusal } from "./refusal.ts";
import type { Failure, Success } from "./result.ts";
import { resultPrototype } from "./result-prototype.ts";

/** The result of a call, whatever the operation; `Result` has the operation's types. */
export type Outcome = Success<unknown> | Failure<number, unknown>;

/**
 * Makes the result of a call from its answer.
 *
 * @throws {ThingSpaceApiError} when a list has another body than the document says.
 */
export function toOutcome(answer: Answer, shape: Row[3], call: Call): Outcome {
  const { response, text } = answer;
  const { status } = response;
  const facts = { status, text, response, call: call.info };
  if (response.ok) return create({ ok: true, ...facts, data: readData(answer, shape, call) });
  const json = parseObject(text);
  const { code, message } = readRefusal(json, text);
  return create({
    ok: false,
    ...facts,
    code: code && redacted(call.info, code),
    message: redacted(call.info, message),
    error: json ?? text,
  });
}

const create = (members: object): Outcome => Object.assign(Object.create(resultPrototype), members);

/**
 * Returns the data of a 2xx. A list has to be what the document says, because its data is what the call is for.
 * Everything else has been done, whatever the body: members that are not in it are undefined.
 */
function readData({ response, text }: Answer, shape: Row[3], { method, info }: Call): unknown {
  if (!shape) return undefined;
  // An empty body is what the vendor calls a list with nothing in it (departure D5).
  const data = shapeData(text ? parseObject(text) : [], shape);
  if (method !== "GET") return data ?? {};
  const isDocumented = data && (shape === "array" || shape.every((member) => member in data));
  if (isDocumented) return data;
  throw apiError(
    info,
    { status: response.status, code: undefined, message: "the body is not the documented JSON." },
    response.headers,
  );
}

/** Returns the documented shape: of a list the sources disagree whether it is an array (departure D13). */
function shapeData(json: object | undefined, shape: "array" | readonly string[]): object | undefined {
  if (!json) return undefined;
  const values: unknown[] = Array.isArray(json) ? json : Object.keys(json).length ? [json] : [];
  if (!values.every(isObject)) return undefined;
  return shape === "array" ? values : ((values[0] ?? {}) as object);
}

/**
 * Returns the error for a 2xx that has no usable token. It shows the service's own code, and nothing else of the body,
 * which may hold a token.
 */
export function toUndocumentedError({ call, response, text }: Pick<Outcome, "call" | "response" | "text">) {
  const { code } = readRefusal(parseObject(text), "");
  const shownCode = code && /^[\w.-]{1,100}$/.test(code) ? redacted(call as CallInfo, code) : undefined;
  return apiError(
    call,
    { status: response.status, code: shownCode, message: "the body is not the documented JSON." },
    response.headers,
  );
}
