import type { Call } from "./call.ts";
import { SecretiveInfo } from "./call-info.ts";
import type { CallOptions } from "./call-options.ts";
import { checkCallOptions } from "./check.ts";
import { type Operations, operations } from "./generated/operations.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { Row } from "./table.ts";
import { send, type Transport } from "./transport.ts";

export type Api = keyof Operations;

/** The named operations of one API. */
export function createOperations<A extends Api>(
  api: A,
  baseUrl: string,
  transport: Transport,
): Operations[A] {
  const bind = (operationId: string, row: Row) => {
    const [method, path, security, , contentType] = row;
    const operation = `${api}.${operationId}`;
    const [start, ...rest] = path.split(/[{}]/);
    return async (...args: unknown[]): Promise<Outcome> => {
      let url = baseUrl + start;
      let account: string | undefined;
      let index = 0;
      // A name, then what stands after it.
      for (let at = 0; at < rest.length; at += 2) {
        const name = rest[at] as string;
        const value = pathValue(operation, name, args[index++]);
        if (name === "account") account = value;
        url += encodeURIComponent(value) + rest[at + 1];
      }
      const body = contentType && bodyText(operation, contentType, args[index++]);
      const options = (args[index] ?? {}) as CallOptions;
      if (args[index] !== undefined) checkCallOptions(options);
      const { timeoutMs, signal } = options;
      const headers = options.headers ? lowerCased(options.headers) : {};
      if (contentType) headers["content-type"] ??= contentType;
      const call: Call = {
        api,
        operationId,
        security,
        method,
        url,
        headers,
        body,
        timeoutMs,
        signal,
        info: new SecretiveInfo(operation, account, transport.redaction(headers)),
      };
      const { response, text } = await send(call, transport);
      return outcomeOf(response, text, row, call.info);
    };
  };

  return Object.fromEntries(
    Object.entries<Row>(operations[api]).map(([operationId, row]) => [operationId, bind(operationId, row)]),
  ) as unknown as Operations[A];
}

/** A path value that cannot lead to another path. */
function pathValue(operation: string, name: string, value: unknown): string {
  if (typeof value === "string" && /^(?!\.{0,2}$)\P{Cs}+$/u.test(value)) return value;
  throw new TypeError(`${operation}: ${name} must be a string that is not empty, "." or "..".`);
}

function bodyText(operation: string, contentType: string, body: unknown): string {
  if (typeof body !== "object" || !body || Array.isArray(body)) {
    throw new TypeError(`${operation}: the body must be an object.`);
  }
  return contentType.endsWith("json")
    ? JSON.stringify(body)
    : String(new URLSearchParams(body as Record<string, string>));
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(new Headers(headers));
