/**
 * Compares what was sent with each secret, in a time that depends on the secrets alone: a value of another length is not
 * compared, the secret is compared with itself instead, and a match does not end the comparisons.
 */
export function isOneOf(secrets: readonly string[], sent: unknown): boolean {
  let isFound = false;
  for (const secret of secrets) isFound = isEqual(secret, sent) || isFound;
  return isFound;
}

function isEqual(secret: string, sent: unknown): boolean {
  const isComparable = typeof sent === "string" && sent.length === secret.length;
  const compared = isComparable ? sent : secret;
  let difference = isComparable ? 0 : 1;
  for (let index = 0; index < secret.length; index += 1) {
    difference |= compared.charCodeAt(index) ^ secret.charCodeAt(index);
  }
  return difference === 0;
}
