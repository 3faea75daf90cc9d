/**
 * Returns true if a body of this Content-Type can be JSON. The charset is not read, because the bytes decide: labels such
 * as `us-ascii` or `iso-8859-1` are common on bodies that are valid UTF-8. A missing type and wildcards say nothing.
 */
export function canBeJson(contentType: string | null, expected: string): boolean {
  // Most senders write exactly this.
  if (contentType === expected) return true;
  const [type = ""] = (contentType ?? "").split(";", 1);
  const name = type.trim().toLowerCase();
  return ["", "*/*", "application/*", expected].includes(name);
}
