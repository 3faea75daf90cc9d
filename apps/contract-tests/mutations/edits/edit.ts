/**
 * Returns the text of a file with a defect in it.
 *
 * @throws {MutationError} when the file no longer has what the defect changes
 */
export type Edit = (text: string) => string;

/** A defect that can no longer be made. The message says what is missing; the mutation has to be written anew. */
export class MutationError extends Error {
  override readonly name = "MutationError";
}
