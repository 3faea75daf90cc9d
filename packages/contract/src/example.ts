/** A named example of a parameter or a body. */
export interface Example {
  summary: string;
  value: unknown;
}

/** Returns the value of the first example, which is the one that the document shows first. */
export function getFirstExample({ examples }: { examples: Record<string, Example> }): unknown {
  return Object.values(examples)[0]?.value;
}
