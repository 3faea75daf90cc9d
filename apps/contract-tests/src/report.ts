import {
  isSecretName,
  type Operation,
  redactBody,
  redactHeaders,
  redactText,
} from "@thingspace-callbacks/contract";
import { type Call, requestOf } from "./call.ts";
import { type Difference, differencesOf } from "./difference.ts";
import type { ReadResponse } from "./read-response.ts";

/** Thrown for a response that differs from its document. The message is a report that reads like a diff. */
export class ContractError extends Error {
  override name = "ContractError";
}

/** The request: a call, or a `Request` that was made from one. */
export type Sent = Call | { api: string; operation: Operation; request: Request };

/**
 * The operation, what was sent and what came back (without secrets), and line by line what the document says and what
 * is there instead.
 *
 * @example
 * v1 deregisterCallback differs from its document
 *
 *   DELETE /api/fota/v1/callbacks/0242078689-00001/name/Fota
 *   authorization: [redacted]
 *   vz-m2m-token: [redacted]
 *
 *   200 application/json
 *   {"success":"yes"}
 *
 *   - body.success: boolean
 *   + body.success: "yes"
 */
export async function reportOf(
  sent: Sent,
  {
    title,
    received,
    differences,
  }: { title?: string; received?: ReadResponse | undefined; differences: Difference[] },
): Promise<string> {
  const lines = [
    ...(await sentLines("request" in sent ? sent.request.clone() : requestOf(sent))),
    "",
    ...(received ? [...describeResponse(received), ""] : []),
    ...differences.flatMap(({ at, documented, actual }) => [
      `- ${at}: ${documented}`,
      `+ ${at}: ${isSecretName(at.split(".").at(-1) ?? "") ? "[redacted]" : redact(actual)}`,
    ]),
  ];
  const heading = `${sent.api} ${sent.operation.operationId} ${title ?? "differs from its document"}`;
  return [heading, "", ...lines.map((line) => `  ${line}`.trimEnd())].join("\n");
}

// The mock sends these with the body of 400, though no document has them (departure D28).
const statusesOfTheMockOnly = [404, 405, 413, 415];

/** @throws {ContractError} when the mock's response differs from the operation's document. */
export async function expectDocumented(sent: Sent, received: ReadResponse): Promise<void> {
  const status = statusesOfTheMockOnly.includes(received.status) ? 400 : received.status;
  const differences = differencesOf(sent.operation, { ...received, status });
  if (differences.length > 0) throw new ContractError(await reportOf(sent, { received, differences }));
}

async function sentLines(request: Request): Promise<string[]> {
  const { pathname, search } = new URL(request.url);
  const body = await request.text();
  return [
    `${request.method} ${pathname}${search}`,
    ...Object.entries(redactHeaders(Object.fromEntries(request.headers))).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    ...(body === "" ? [] : [redact(body)]),
  ];
}

function describeResponse({ status, mediaType, body }: ReadResponse): string[] {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return [`${status} ${mediaType}`, ...(text ? [redact(text).slice(0, 1_000)] : [])];
}

/** A text without its secrets: JSON, a form, or a part of either. */
function redact(text: string): string {
  if (!/^[[{]/.test(text)) return redactText(text);
  return redactBody({ text, bytes: Buffer.byteLength(text), mediaType: "application/json" });
}
