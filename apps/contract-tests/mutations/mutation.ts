import type { Edit } from "./edits/edit.ts";

/** A deliberate defect, and the check that must find it. */
export interface Mutation {
  name: string;
  /** Which of the seven guards it is for; see the README. */
  guard: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** What goes wrong, as a sentence for the README. */
  defect: string;
  /** The file that is changed, from the root of the project. */
  file: string;
  edit: Edit;
  /** The check that must fail: a command, in the folder of a package. */
  check: { folder: string; command: string };
  /** What the check must say, each on some line of its output. */
  says: string[];
}
