import type { Call } from "./call/call.ts";
import { SecretiveInfo } from "./call/call-info.ts";
import type { CallOptions } from "./call/call-options.ts";
import type { Row, Table } from "./call/table.ts";
import type { Answer } from "./request/attempt.ts";
import { send, type Transport } from "./request/send.ts";
import { type Outcome, toOutcome } from "./result/outcome.ts";
import { callChecks, check, isObject } from "./validate.ts";

/** The named operations of an API. */
export function createOperations(
  api: string,
  { operations }: Pick<Table, "operations">,
  baseUrl: string,
  transport: Transport,
): Record<string, (...args: unknown[]) => Promise<Outcome>> {
  const entries = Object.entries<Row>(operations).map(
    ([operationId, [method, path, tokens, shape, contentType]]) => {
      const operation = `${api}.${operationId}`;
      // Text and names by turns; the account is the first name.
      const parts = (baseUrl + path).split(/[{}]/);
      const prepare = (args: unknown[]): Call => {
        let given = 0;
        let url = parts[0] as string;
        for (let at = 1; at < parts.length; ) {
          url += encoded(operation, parts[at++], args[given++]) + parts[at++];
        }
        const account = parts[1] === "account" ? (args[0] as string) : undefined;
        const body = contentType ? bodyText(operation, contentType, args[given++]) : null;
        const options = args[given] as CallOptions | undefined;
        if (options) check("options", options, callChecks);
        const { timeoutMs, signal, headers: own } = options ?? {};
        const headers: Call["headers"] = own ? Object.fromEntries(new Headers(own)) : {};
        if (contentType) headers["content-type"] ??= contentType;
        const info = new SecretiveInfo(operation, account, transport.secrets, headers);
        return { api, operationId, method, url, headers, body, tokens, timeoutMs, signal, sent: {}, info };
      };
      const finish = (answer: Answer, call: Call) => toOutcome(answer, shape, call);
      return [operationId, (...args: unknown[]) => send(() => prepare(args), transport, finish)];
    },
  );
  return Object.fromEntries(entries);
}

/** A path value, encoded, that cannot lead to another path. */
function encoded(operation: string, name: string | undefined, value: unknown): string {
  try {
    if (typeof value === "string" && !["", ".", ".."].includes(value)) return encodeURIComponent(value);
  } catch {
    // Half of a surrogate pair cannot be encoded.
  }
  throw new TypeError(`${operation}: ${name} must be a string that is not empty, "." or "..".`);
}

function bodyText(operation: string, contentType: string, body: unknown): string {
  if (!isObject(body)) throw new TypeError(`${operation}: the body must be an object.`);
  return contentType === "application/json"
    ? JSON.stringify(body)
    : String(new URLSearchParams(body as Record<string, string>));
}
