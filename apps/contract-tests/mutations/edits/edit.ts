/**
 * Returns the text of a file with a fault in it.
 *
 * @throws {MutationError} when the file no longer has what the fault changes
 */
export type Edit = (text: string) => string;

/** A fault that can no longer be made. The message says what is missing; the mutation has to be written anew. */
export class MutationError extends Error {
  override readonly name = "MutationError";
}
