import type { Answer } from "./answer.ts";
import { type Call, requestOf } from "./call.ts";
import { type Difference, differencesOf } from "./difference.ts";
import { isSecret, redactBody, shownHeader } from "./redact.ts";

/** An answer that is not what the document says. The message is a report that reads like a diff. */
export class ContractError extends Error {
  override name = "ContractError";
}

/**
 * The operation, what was sent (without secrets), and, line by line, what the document says and what came back.
 *
 * @example
 * v1 registerCallback differs from its document
 *
 *   POST /api/fota/v1/callbacks/0242078689-00001
 *   Authorization: [redacted]
 *   {"name":"Fota","url":"https://example.com/fota","password":"[redacted]"}
 *
 *   - status: 200 or 400 or 401
 *   + status: 500
 */
export async function reportOf(call: Call, differences: Difference[], title?: string): Promise<string> {
  const { api, operation } = call;
  const lines = [
    ...(await sentLines(call)),
    "",
    ...differences.flatMap(({ at, documented, actual }) => [
      `- ${at}: ${documented}`,
      `+ ${at}: ${isSecret(at) ? "[redacted]" : redactBody(actual)}`,
    ]),
  ];
  const heading = title ?? "differs from its document";
  return [
    `${api} ${operation.operationId} ${heading}`,
    "",
    ...lines.map((line) => `  ${line}`.trimEnd()),
  ].join("\n");
}

// The mock answers these with the body of 400, though no document has them (departure D28).
const departed = [404, 405, 413, 415];

/** @throws {ContractError} when the mock's answer differs from the operation's document. */
export async function expectDocumented(call: Call, answer: Answer): Promise<void> {
  const status = departed.includes(answer.status) ? 400 : answer.status;
  const differences = differencesOf(call.operation, { ...answer, status });
  if (differences.length > 0) throw new ContractError(await reportOf(call, differences));
}

async function sentLines(call: Call): Promise<string[]> {
  const request = requestOf(call);
  const { pathname, search } = new URL(request.url);
  const body = await request.text();
  return [
    `${request.method} ${pathname}${search}`,
    ...Object.entries(call.headers).map(([name, value]) => shownHeader(name, value)),
    ...(body === "" ? [] : [redactBody(body)]),
  ];
}
