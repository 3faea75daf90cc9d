import { getGeneration } from "@thingspace-callbacks/contract";

const type = getGeneration("v1").message.types.at(-1)?.type;
if (type === undefined) throw new Error("V1's message has no types now.");

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
