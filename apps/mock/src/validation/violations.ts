/** How many violations a refusal names; the others are counted. */
const shownViolations = 20;

/** The violations of a request: the first sentences, and how many there are. */
export interface Violations {
  /** Counts a violation. The sentence is only made when it is one of the first. */
  add(sentence: () => string): void;
  readonly count: number;
  /** The first sentences, and the number of the others; each sentence may be changed on the way. */
  describe(explain?: (sentence: string) => string): string;
}

/**
 * Creates a list that keeps the first 20 violations, so that a body with a million of them takes no more memory than
 * the body itself, and its refusal can be read.
 *
 * @example
 * const violations = createViolations();
 * violations.add(() => "url: is required.");
 * violations.describe() // "url: is required."
 */
export function createViolations(): Violations {
  let first: Set<string> | undefined;
  let count = 0;
  return {
    add: (sentence) => {
      count += 1;
      first ??= new Set();
      if (first.size < shownViolations) first.add(sentence());
    },
    get count() {
      return count;
    },
    describe: (explain = (sentence) => sentence) => {
      const sentences = [...(first ?? [])].map(explain);
      const others = count - sentences.length;
      return [
        ...sentences,
        ...(count > shownViolations ? [`There are ${others} more violations.`] : []),
      ].join(" ");
    },
  };
}
