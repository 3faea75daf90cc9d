import type { Edit } from "./edits/edit.ts";

/** A deliberate defect, and the check that must find it. */
export interface Mutation {
  name: string;
  /** Number of the guard in the README, from 1 to 8. */
  guard: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  /** The defect as a sentence for the README. */
  defect: string;
  /** The file that is changed, from the root of the project. */
  file: string;
  edit: Edit;
  /** The check that must fail: a command, in the folder of a package. */
  check: { folder: string; command: string };
  /** Texts that the output of the check must contain, each on one line. */
  says: string[];
}
