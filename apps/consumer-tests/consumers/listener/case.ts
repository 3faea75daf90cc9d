import { getGeneration } from "@thingspace-callbacks/contract";

const type = getGeneration("v1").message.types.at(-1)?.type;
if (type === undefined) throw new Error("V1's message has no types now.");

/** The input of the program. No server is involved. */
export const input = (_origin: string, run: string) => ({
  username: "me",
  password: "correct horse battery staple",
  type,
  members: { accountName: run },
  undocumented: { accountName: [run] },
});

/** The expected result of the program. */
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
