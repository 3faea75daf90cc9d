/** How many violations a refusal names; the others are counted. */
const shownViolations = 20;

/**
 * The violations of a request: the first 20, and how many there are. So a body with a million of them takes no more
 * memory than the body itself, and its refusal can be read.
 *
 * @example
 * const violations = new Violations();
 * violations.add(() => "url: is required.");
 * violations.describe() // "url: is required."
 */
export class Violations {
  /** How many there are. */
  count = 0;
  readonly #first = new Set<string>();

  /** Counts a violation. The sentence is only made when it is one of the first. */
  add(sentence: () => string): void {
    this.count += 1;
    if (this.#first.size < shownViolations) this.#first.add(sentence());
  }

  /** Returns the first sentences, and the number of the others; each sentence may be changed on the way. */
  describe(explain = (sentence: string) => sentence): string {
    const sentences = [...this.#first].map(explain);
    const others = this.count - sentences.length;
    return [
      ...sentences,
      ...(this.count > shownViolations ? [`There are ${others} more violations.`] : []),
    ].join(" ");
  }
}
