import type { Call } from "./call/call.ts";
import { CountedInfo } from "./call/call-info.ts";
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
    const prepareCall = createPrepareCall(api, operationId, description, baseUrl, transport);
    const operation = async (...args: unknown[]) => {
      const call = prepareCall(args);
      return toOutcome(await send(call, transport), description.data, call);
    };
    return [operationId, operation];
  });
  return Object.fromEntries(entries);
}

/**
 * Returns a function that makes a call of the arguments of an operation: the values of the path, the body if there is
 * one, the options. The function throws an {@link OptionError} for a wrong argument.
 */
function createPrepareCall(
  api: string,
  operationId: string,
  { method, path, tokens, mediaType }: OperationDescription,
  baseUrl: string,
  transport: Transport,
): (args: unknown[]) => Call {
  const operation = `${api}.${operationId}`;
  const [, ...segments] = path.split("/");

  return (args) => {
    let used = 0;
    let url = baseUrl;
    for (const segment of segments) {
      const parameter = getParameterName(segment);
      url += `/${parameter ? encodePathValue(operation, parameter, args[used++]) : segment}`;
    }
    const account = used > 0 ? String(args[0]) : undefined;
    const body = mediaType ? encodeBody(operation, mediaType, args[used++]) : null;
    const options = args[used] as CallOptions | null | undefined;
    if (options != null) validateCallOptions(options);
    const { timeoutMs, signal, headers: added } = options ?? {};
    const headers: Call["headers"] = added ? Object.fromEntries(new Headers(added)) : {};
    if (mediaType) headers["content-type"] ??= mediaType;
    const info = new CountedInfo(operation, account, { credentials: transport.secrets, headers });
    return { api, operationId, method, url, headers, body, tokens, timeoutMs, signal, sent: {}, info };
  };
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
