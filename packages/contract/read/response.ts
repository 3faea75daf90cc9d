import type { Response } from "../src/response.ts";
import { readBody } from "./body.ts";
import type { RawResponse } from "./raw.ts";

/** Returns the responses by status. There is one successful one, so that a result has one shape. */
export function readResponses(
  where: string,
  responses: Record<string, RawResponse>,
): Record<string, Response> {
  const successes = Object.keys(responses).filter((status) => status.startsWith("2"));
  if (successes.length !== 1) throw new Error(`${where}: one successful response is expected`);
  return Object.fromEntries(
    Object.entries(responses).map(([status, { description, headers = {}, content }]) => {
      const body = readBody(`${where}, response ${status}`, content);
      return [status, { description, headers, ...(body && { body }) }];
    }),
  );
}
