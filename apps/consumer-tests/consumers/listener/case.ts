import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };

const media = catalogue["v1"]?.webhooks[0]?.requestBody?.content["application/json"];
const example = Object.values(media?.examples ?? {}).at(-1)?.value as { type: string } | undefined;
if (!example) throw new Error("V1's webhook has no examples now.");
const { type } = example;

/** What the program is given; no server takes part. */
export const input = (_origin: string, run: string) => ({
  username: "me",
  password: "correct horse battery staple",
  type,
  members: { accountName: run },
  undocumented: { accountName: [run] },
});

/** What it has to return. */
export const expected = ({ members }: ReturnType<typeof input>) => ({
  answers: [
    [204, ""],
    [401, '{"error":"not verified"}'],
    [204, ""],
    [204, ""],
    [422, '{"error":"/accountName must be a string"}'],
  ],
  kinds: [[type, members.accountName], "other"],
  codes: ["NOT_VERIFIED", "UNDOCUMENTED_MESSAGE", "UNDOCUMENTED_MESSAGE"],
  misused: 500,
  node: "function",
});
