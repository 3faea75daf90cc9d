import type { Operation } from "@thingspace-callbacks/contract/catalogue";
import type { Answer } from "../handler.ts";
import type { Preference } from "../prefer.ts";

/**
 * Returns a response as the document shows it: the named example, or the first one of the status. Headers have their
 * documented example.
 *
 * @example
 * answerAsDocumented(listCallbacks, { code: 200, exampleKey: "nothingRegistered", dynamic: false }) // { status: 200, body: [], ... }
 */
export function answerAsDocumented(operation: Operation, { code, exampleKey }: Preference): Answer {
  const status = code ?? successOf(operation);
  const { content = {}, headers = {} } = operation.responses[status] ?? {};
  const [mediaType, media] = Object.entries(content)[0] ?? [];
  const examples = media?.examples ?? {};
  const example = exampleKey === undefined ? Object.values(examples)[0] : examples[exampleKey];
  const documentedHeaders = Object.entries(headers).flatMap(([name, { schema }]) =>
    schema.examples?.[0] === undefined ? [] : [[name, String(schema.examples[0])]],
  );
  return {
    status,
    headers: Object.fromEntries([
      ...documentedHeaders,
      ...(mediaType === undefined ? [] : [["content-type", mediaType]]),
    ]),
    body: example?.value,
  };
}

function successOf({ operationId, responses }: Operation): number {
  const success = Object.keys(responses).find((status) => /^2\d\d$/.test(status));
  if (success === undefined) throw new Error(`${operationId} has no successful response`);
  return Number(success);
}
