import type { Generation, SourceAddresses } from "@thingspace-callbacks/contract";

/** Returns the text of src/generated/addresses.ts: the addresses that the documents list, the same in every document. */
export function writeAddresses(generations: Generation[]): string {
  const lists = new Set(generations.map(({ message }) => JSON.stringify(message.sourceAddresses)));
  const [list] = lists;
  if (list === undefined || lists.size !== 1)
    throw new Error("Every message must have the same source addresses");
  const { description, addresses, source, readOn } = JSON.parse(list) as SourceAddresses;
  return [
    "/**",
    ` * ${description}`,
    " *",
    ` * Read in ${readOn} from ${source}`,
    " */",
    `export const publishedAddresses = ${JSON.stringify({ addresses, source, readOn }, null, 2)} as const;`,
    "",
  ].join("\n");
}
