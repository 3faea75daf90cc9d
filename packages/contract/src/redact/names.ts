/** What is shown in the place of a secret. */
export const redacted = "[redacted]";

/** Names that hold a secret when they contain one of these, without case and punctuation. */
const secretParts = [
  "password",
  "passwd",
  "passphrase",
  "passcode",
  "pwd",
  "secret",
  "token",
  "apikey",
  "accesskey",
  "authkey",
  "privatekey",
  "subscriptionkey",
  "authorization",
  "credential",
  "cookie",
  "sessionid",
  "assertion",
  "signature",
  "jwt",
];

/** Names that hold a secret when they are exactly these. */
const secretNames = new Set([
  "pass",
  "key",
  "auth",
  "xauth",
  "bearer",
  "session",
  "sig",
  "otp",
  "pin",
  "sid",
]);

/** Names that would be secret by their parts, but say what a token is. */
const publicNames = new Set(["tokentype", "tokentypehint"]);

/** A name that is longer is not looked at any further than this. */
const longestName = 1_000;

/**
 * Returns whether a header, a query parameter, a form field or a member of a body with this name holds a secret.
 *
 * @example
 * isSecretName("VZ-M2M-Token") // true
 * isSecretName("user[password]") // true
 * isSecretName("token_type") // false
 */
export function isSecretName(name: string): boolean {
  if (name.length > longestName) return true;
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (publicNames.has(plain)) return false;
  return secretNames.has(plain) || secretParts.some((part) => plain.includes(part));
}
