import type { Credentials } from "./options.ts";

type Scheme = { sentAs: "bearer" | "basic" } | { sentAs: "header"; header: string };

/** The headers that an operation's security demands, as far as the credentials have them. */
export function authorization(schemes: readonly Scheme[], credentials: Credentials) {
  const headers: Record<string, string> = {};
  const { key, secret, accessToken, sessionToken } = credentials;
  for (const scheme of schemes) {
    if (scheme.sentAs === "header") {
      if (sessionToken !== undefined) headers[scheme.header] = sessionToken;
    } else if (scheme.sentAs === "bearer") {
      if (accessToken !== undefined) headers["Authorization"] = `Bearer ${accessToken}`;
    } else if (key !== undefined && secret !== undefined) {
      headers["Authorization"] = `Basic ${base64(`${key}:${secret}`)}`;
    }
  }
  return headers;
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
