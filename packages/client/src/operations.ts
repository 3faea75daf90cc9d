import type { Call } from "./call/call.ts";
import { createCallInfo } from "./call/call-info.ts";
import type { CallOptions } from "./call/call-options.ts";
import { type ApiDescription, getParameterName, type OperationDescription } from "./call/operation.ts";
import { createInvalidArgument } from "./call/option-error.ts";
import { send } from "./request/send.ts";
import type { Transport } from "./request/transport.ts";
import { isObject } from "./result/json.ts";
import { toOutcome } from "./result/outcome.ts";
import type { Outcome } from "./result/result.ts";
import { validateCallOptions } from "./validate.ts";

/** The operations of an API by operationId, without their types. */
type UntypedOperations = Record<string, (...args: unknown[]) => Promise<Outcome>>;

/** Creates the operations of an API. */
export function createOperations(
  api: string,
  { operations }: Pick<ApiDescription, "operations">,
  baseUrl: string,
  transport: Transport,
): UntypedOperations {
  const entries = Object.entries(operations).map(([operationId, description]) => {
    const template = (baseUrl + description.path).split("/");
    const operation = async (...args: unknown[]) => {
      const call = prepareCall(api, operationId, description, template, transport, args);
      return toOutcome(await send(call, transport), description.data, call);
    };
    return [operationId, operation];
  });
  return Object.fromEntries(entries);
}

/**
 * Makes a call of the arguments of an operation: the values of the path, the body if there is one, the options.
 *
 * @param template segments of the URL, of which some stand for parameters.
 * @throws {OptionError} for a wrong argument.
 */
function prepareCall(
  api: string,
  operationId: string,
  description: OperationDescription,
  template: string[],
  transport: Transport,
  args: unknown[],
): Call {
  const { method, tokens, mediaType } = description;
  const operation = `${api}.${operationId}`;
  const rest = [...args];
  const segments = template.map((segment) => {
    const name = getParameterName(segment);
    return name === undefined ? segment : encodePathValue(operation, name, rest.shift());
  });
  const account = rest.length < args.length ? String(args[0]) : undefined;
  const body = mediaType ? encodeBody(operation, mediaType, rest.shift()) : null;
  const options = (rest.shift() ?? {}) as CallOptions;
  validateCallOptions(options);
  const { timeoutMs, signal } = options;
  const headers: Call["headers"] = options.headers ? Object.fromEntries(new Headers(options.headers)) : {};
  if (mediaType) headers["content-type"] ??= mediaType;
  const url = segments.join("/");
  const info = createCallInfo(operation, account, { credentials: transport.secrets, headers });
  return { api, operationId, method, url, headers, body, tokens, timeoutMs, signal, sent: {}, info };
}

/** Returns a path value, percent-encoded, that cannot lead to another path. */
function encodePathValue(operation: string, name: string, value: unknown): string {
  try {
    if (typeof value === "string" && !["", ".", ".."].includes(value)) return encodeURIComponent(value);
  } catch {
    // Half of a surrogate pair cannot be encoded.
  }
  throw createInvalidArgument(operation, name, 'a string that is not empty, "." or ".."');
}

function encodeBody(operation: string, mediaType: string, body: unknown): string {
  if (!isObject(body)) throw createInvalidArgument(operation, "body", "an object");
  return mediaType === "application/json"
    ? JSON.stringify(body)
    : String(new URLSearchParams(body as Record<string, string>));
}
