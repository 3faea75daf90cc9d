/** The secret that a security scheme asks for. `application` is the key and secret of an application. */
export type Token = "access" | "session" | "application" | "control";

/** How an operation asks for one token. */
export interface SecurityScheme {
  /** Name in the document, such as `accessToken`. */
  name: string;
  token: Token;
  /** `header` means that the token is the whole value of the header. */
  sentAs: "bearer" | "basic" | "header";
  /** Name of the header, such as `Authorization`. */
  header: string;
}

/**
 * Writes the value of the scheme's header.
 *
 * @param token for `basic`, key and secret with a colon between them
 */
export function formatCredentials({ sentAs }: SecurityScheme, token: string): string {
  if (sentAs === "header") return token;
  return sentAs === "bearer" ? `Bearer ${token}` : `Basic ${btoa(token)}`;
}
