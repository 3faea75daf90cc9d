import type { TokenFacts } from "../src/api.ts";
import { listRawOperations } from "./operation.ts";
import type { RawDocument } from "./raw.ts";

/** Returns the facts about tokens, each of which one place in the documents states, or several alike. */
export function readTokenFacts(documents: RawDocument[]): TokenFacts {
  const schemes = documents.flatMap(({ components }) => Object.values(components?.securitySchemes ?? {}));
  const operations = documents.flatMap(({ paths }) => listRawOperations(paths)).map(({ raw }) => raw);
  return {
    accessTokenSeconds: getOnly("x-lifetime-seconds", schemes),
    sessionIdleSeconds: getOnly("x-idle-lifetime-seconds", schemes),
    failuresToLock: getOnly("x-failures-to-lock", operations),
  };
}

function getOnly<Keyword extends string>(
  keyword: Keyword,
  places: { [K in Keyword]?: number | undefined }[],
): number {
  const [value, ...others] = new Set(places.flatMap((place) => place[keyword] ?? []));
  if (value === undefined || others.length > 0) {
    throw new Error(`The documents must have one value of ${keyword}`);
  }
  return value;
}
