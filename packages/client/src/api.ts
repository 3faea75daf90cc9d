import type { CallOptions } from "./call-options.ts";
import { checkCallOptions } from "./check.ts";
import { type Operations, operations } from "./generated/operations.ts";
import { createDrafting } from "./http.ts";
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
  // What openapi-fetch is told: it makes the request. The answer is read beneath it, within the time limit.
  const done = new Response(null, { status: 204 });
  const http = createDrafting(baseUrl);

  const bind = (operationId: string, row: Row) => {
    const operation = `${api}.${operationId}`;
    const [method, path, security, , contentType] = row;
    const parameters = path.match(/(?<={)\w+/g) ?? [];
    return async (...args: unknown[]): Promise<Outcome> => {
      const values: Record<string, string> = {};
      for (const name of parameters) values[name] = pathValue(operation, name, args.shift());
      const body = contentType ? args.shift() : undefined;
      if (contentType && (typeof body !== "object" || !body)) {
        throw new TypeError(`${operation}: the body must be an object.`);
      }
      const options = (args[0] ?? {}) as CallOptions;
      if (args[0] !== undefined) checkCallOptions(options);
      const { timeoutMs, signal, headers } = options;
      const info = { operation, account: values["account"], attempts: 0 };
      const call = { api, operationId, security, info, timeoutMs, signal };
      let outcome: Outcome | undefined;
      await http.request(method, path, {
        params: { path: values },
        headers: { ...(contentType && { "Content-Type": contentType }), ...headers },
        body,
        fetch: async (draft) => {
          const { response, text } = await send(draft, call, transport);
          outcome = outcomeOf(response, text, row, info);
          return done;
        },
      });
      return outcome as unknown as Outcome;
    };
  };

  return Object.fromEntries(
    Object.entries<Row>(operations[api]).map(([operationId, row]) => [operationId, bind(operationId, row)]),
  ) as unknown as Operations[A];
}

/** A path value that cannot lead to another path. */
function pathValue(operation: string, name: string, value: unknown): string {
  if (typeof value === "string" && !/^\.{0,2}$/.test(value)) return value;
  throw new TypeError(`${operation}: ${name} must be a string that is not empty, "." or "..".`);
}
