/**
 * Compares a secret with what was sent. The work depends on the secret alone: what has another length is not compared, the
 * secret is compared with itself instead.
 */
export function isSecret(secret: string, sent: unknown): boolean {
  const isComparable = typeof sent === "string" && sent.length === secret.length;
  const compared = isComparable ? sent : secret;
  let difference = isComparable ? 0 : 1;
  for (let index = 0; index < secret.length; index += 1) {
    difference |= compared.charCodeAt(index) ^ secret.charCodeAt(index);
  }
  return difference === 0;
}
