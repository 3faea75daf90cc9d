import {
  findResponseExample,
  getByRole,
  getExampleParameters,
  getGeneration,
} from "@thingspace-callbacks/contract";

const operation = getByRole(getGeneration("v2"), "register");
const { account } = getExampleParameters(operation);
const refusal = findResponseExample(operation, 400, "invalidParameter");
if (!account || !refusal) throw new Error("The examples of V2's registerCallback have other names now.");

/** The input of the program. Each run registers another URL. */
export const input = (origin: string, run: string) => ({
  origin,
  account,
  registration: { url: `https://example.com/${encodeURIComponent(run)}` },
  refusable: { url: "ftp://example.com" },
});

/** The expected result of the program. */
export const expected = ({ registration }: ReturnType<typeof input>) => ({
  registered: [true, 200],
  listed: registration,
  found: [{ api: "v2", ...registration }],
  refused: [false, 400, (refusal as { errorCode: string }).errorCode],
  thrown: true,
});
