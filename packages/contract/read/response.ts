import type { Response } from "../src/response.ts";
import { readBody } from "./body.ts";
import type { RawResponse } from "./raw.ts";

/** Returns the responses by status. Exactly one is successful, so that a result has one type. */
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
