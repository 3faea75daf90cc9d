/** The requests that every server gets: the two operations that clients use most. */
export const account = "0242078689-00001";
export const basePath = "/api/fota/v1";
const path = `/callbacks/${account}`;

export const requests = {
  GET: { method: "GET", path },
  POST: {
    method: "POST",
    path,
    body: JSON.stringify({
      name: "Fota",
      url: "https://example.com/fota",
      username: "user",
      password: "example",
    }),
  },
} as const;

export type Method = keyof typeof requests;
export const methods = Object.keys(requests) as Method[];

/** Tokens for servers that only look whether there are any. */
export const anyTokens = { Authorization: "Bearer any", "VZ-M2M-Token": "any" };
export type Tokens = typeof anyTokens;

/** The headers of a request: the tokens and, where there is a body, its type. */
export function headersOf(method: Method, tokens: Tokens): Record<string, string> {
  return { ...tokens, ...(method === "POST" && { "Content-Type": "application/json" }) };
}
