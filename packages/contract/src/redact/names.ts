/** The text that is shown instead of a secret. */
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

/** Names of members and fields that name another value, as in `{"name":"password","value":"hunter2"}`. */
const namingNames = new Set([
  "name",
  "key",
  "id",
  "field",
  "header",
  "param",
  "parameter",
  "property",
  "attribute",
  "variable",
  "label",
]);

/** Names that would be secret by their parts, but say what a token is. */
const publicNames = new Set(["tokentype", "tokentypehint"]);

/** The number of characters of a name that are checked. */
const longestName = 1_000;

/**
 * Returns true if a header, a query parameter, a form field or a member of a body with this name holds a secret.
 *
 * @example
 * isSecretName("VZ-M2M-Token") // true
 * isSecretName("user[password]") // true
 * isSecretName("token_type") // false
 */
export function isSecretName(name: string): boolean {
  return isSecretPart(name) || secretNames.has(toPlain(name));
}

/**
 * Returns true if a name certainly belongs to a secret: `token`, but not `session` or `key`, which are
 * also segments of ordinary paths.
 */
export function isSecretPart(name: string): boolean {
  if (name.length > longestName) return true;
  const plain = toPlain(name);
  return !publicNames.has(plain) && secretParts.some((part) => plain.includes(part));
}

/**
 * Returns true if a member or a field gives the name of a secret, so that the value beside it is the secret.
 *
 * @example
 * namesSecret("name", "password") // true
 * namesSecret("name", "Fota") // false
 */
export function namesSecret(name: string, value: string): boolean {
  return namingNames.has(toPlain(name)) && isSecretName(value);
}

const toPlain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
