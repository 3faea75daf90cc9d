import type { Api } from "../src/api.ts";
import { type Schema, walkSchema } from "../src/schema.ts";

/** Names that hold a secret. */
export interface Secrets {
  /** Names of headers, in lower case. */
  headers: string[];
  /** Names of members of bodies and messages. */
  members: string[];
}

/** Returns the names that the documents mark: headers of tokens, and members with `format: password` or `x-secret`. */
export function readSecrets(apis: Api[]): Secrets {
  const operations = apis.flatMap(({ operations, message }) => [
    ...operations,
    ...(message ? [message] : []),
  ]);
  const schemas = operations.flatMap(({ body, responses }) =>
    [body, ...Object.values(responses).map((response) => response.body)].flatMap(
      (found) => found?.schema ?? [],
    ),
  );
  return {
    headers: sortUnique(
      operations.flatMap(({ security }) => security.map(({ header }) => header.toLowerCase())),
    ),
    members: sortUnique(schemas.flatMap(listSecretMembers)),
  };
}

function listSecretMembers(schema: Schema): string[] {
  return [...walkSchema(schema)]
    .filter((place) => place.schema.format === "password" || place.schema["x-secret"])
    .flatMap(({ path }) => path.at(-1) ?? []);
}

const sortUnique = (names: string[]) => [...new Set(names)].sort();
