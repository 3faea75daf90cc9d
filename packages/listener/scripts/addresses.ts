/** What a webhook says about where its messages come from. */
export interface SourceAddresses {
  description: string;
  addresses: string[];
  source: string;
  readOn: string;
}

/** The text of src/generated/addresses.ts: the addresses that the documents list, which must be the same in all. */
export function addressesFile(webhooks: { "x-source-addresses"?: SourceAddresses }[]): string {
  const lists = new Set(webhooks.map((webhook) => JSON.stringify(webhook["x-source-addresses"])));
  const [list = "undefined"] = lists;
  if (lists.size !== 1 || list === "undefined")
    throw new Error("Every webhook must have the same x-source-addresses");
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
