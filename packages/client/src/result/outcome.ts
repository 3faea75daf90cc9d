import type { Call, ReadResponse } from "../call/call.ts";
import { redactText } from "../call/call-info.ts";
import type { DataForm } from "../call/operation.ts";
import { createApiError, type ThingSpaceApiError } from "./errors.ts";
import { isObject, parseObject } from "./json.ts";
import { readRefusal } from "./refusal.ts";
import type { Outcome } from "./result.ts";
import { resultPrototype } from "./result-prototype.ts";

/**
 * Makes the result of a call from its response.
 *
 * @throws {ThingSpaceApiError} when the response to a list operation has another body than the documented one.
 */
export function toOutcome(read: ReadResponse, form: DataForm, call: Call): Outcome {
  const { response, text } = read;
  const { status } = response;
  const facts = { status, text, response, call: call.info };
  if (response.ok) return createResult({ ok: true, ...facts, data: readData(read, form, call) });
  const json = parseObject(text);
  const { code, message } = readRefusal(json, text);
  return createResult({
    ok: false,
    ...facts,
    code: code && redactText(code, call.info),
    message: redactText(message, call.info),
    error: json ?? text,
  });
}

const createResult = (members: object): Outcome => Object.assign(Object.create(resultPrototype), members);

/**
 * Returns the data of a 2xx in its documented form. Only the body of a list operation is checked, because its data is
 * what the call is for. Every other operation has succeeded whatever the body is.
 */
function readData({ response, text }: ReadResponse, form: DataForm, { method, info }: Call): unknown {
  if (form === "none") return undefined;
  const content = readContent(text);
  if (content.kind === "objects") return form === "list" ? content.objects : (content.objects[0] ?? {});
  if (method !== "GET") return {};
  throw createApiError(info, { status: response.status, code: undefined, message: undocumented }, response);
}

/** The content of a body, whichever form is documented. */
type Content = { kind: "objects"; objects: object[] } | { kind: "undocumented" };

/**
 * Reads a body as a list of objects. An object counts as a list with one object, because the sources disagree whether a
 * list is an array (departure D13). An empty body or object counts as an empty list (departure D5).
 */
function readContent(text: string): Content {
  if (text === "") return { kind: "objects", objects: [] };
  const json = parseObject(text);
  if (!json) return { kind: "undocumented" };
  if (!Array.isArray(json)) return { kind: "objects", objects: Object.keys(json).length > 0 ? [json] : [] };
  return json.every(isObject) ? { kind: "objects", objects: json } : { kind: "undocumented" };
}

const undocumented = "the body is not the documented JSON.";

/**
 * Returns the error for a 2xx that has no usable token. It shows the service's own code, and nothing else of the body,
 * which may contain a token.
 */
export function toUndocumentedError({ call, response, text }: Outcome): ThingSpaceApiError {
  const { code } = readRefusal(parseObject(text), "");
  const shownCode = code && /^[\w.-]{1,100}$/.test(code) ? redactText(code, call) : undefined;
  return createApiError(call, { status: response.status, code: shownCode, message: undocumented }, response);
}
