import { CliError } from "../cli-error.ts";
import { type Api, generations } from "../generated/facts.ts";

/**
 * Refuses a type of message that the documents do not have, because it is likely to be a typing error.
 *
 * @throws {CliError} which names the known types, the closest one first
 */
export function demandKnownType(api: Api, type: string): void {
  const known = suggestTypes(api, type, ["upgrade"]);
  if (!known) return;
  throw new CliError(
    "UNKNOWN_TYPE",
    `The documents have no type of message "${type}" for ${api}. Did you mean ${known[0]}?`,
    `Known are: ${known.join(", ")}. To send another type anyway, add --unknown.`,
  );
}

/** @throws {CliError} unless messages of the generation have no type */
export function demandNoType(api: Api): void {
  const { types } = generations[api].message;
  if (types.length === 0) return;
  throw new CliError(
    "TYPE_MISSING",
    `Messages of ${api} have a type, and none is given.`,
    `Name one of ${types.join(", ")}; the word upgrade plays a whole upgrade.`,
  );
}

/**
 * Returns undefined for a type of message that may be sent; for another, the documented ones and `others`, the closest
 * first. A generation without documented types may send any.
 */
export function suggestTypes(api: Api, type: string, others: string[] = []): string[] | undefined {
  const { types } = generations[api].message;
  if (types.length === 0 || types.includes(type)) return undefined;
  const given = type.slice(0, 64).toLowerCase();
  return [...types, ...others]
    .map((one) => ({ one, distance: measureDistance(given, one.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ one }) => one);
}

/** Returns how many letters must be inserted, deleted or replaced to get from one word to the other. */
function measureDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [position, other] of [...to].entries()) {
      const [left = 0, above = 0, diagonal = 0] = [next[position], row[position + 1], row[position]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
