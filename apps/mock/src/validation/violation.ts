/** The name of a member may be as long as a body. */
const longestName = 100;

/** `field.member: rule.`; a rule about the whole names the part of the request. */
export function formatSentence(fields: string[], rule: string, part = "body"): string {
  const shown = fields.map((field) => field.slice(0, longestName));
  return `${shown.join(".") || part}: ${rule}.`;
}
