import { findResponse, getFirstExample, getSuccess, type Operation } from "@thingspace-callbacks/contract";
import type { Answer } from "../operations/handler.ts";
import type { Preference } from "./prefer.ts";

/**
 * Returns a response as the document shows it: the named example, or the first one of the status. Headers have their
 * documented example.
 *
 * @example
 * answerAsDocumented(listCallbacks, { code: 200, exampleKey: "nothingRegistered", dynamic: false }) // { status: 200, body: [], ... }
 */
export function answerAsDocumented(operation: Operation, { code, exampleKey }: Preference): Answer {
  const status = code ?? getSuccess(operation).status;
  const { headers = {}, body } = findResponse(operation, status) ?? {};
  const documentedHeaders = Object.entries(headers).flatMap(([name, { schema }]) =>
    schema.examples?.[0] === undefined ? [] : [[name, String(schema.examples[0])]],
  );
  if (!body) return { status, headers: Object.fromEntries(documentedHeaders) };
  const example = exampleKey === undefined ? getFirstExample(body) : body.examples[exampleKey]?.value;
  return {
    status,
    headers: Object.fromEntries([...documentedHeaders, ["content-type", body.mediaType]]),
    body: example,
  };
}
