/** The parts of a space that are not in its database. */
export const partKinds = ["clock", "credentials", "faults", "snapshots", "journal"] as const;

export type PartKind = (typeof partKinds)[number];

/** A row of a part that was kept; the content is any JSON value. */
export interface PartRow<Content> {
  number: number;
  content: Content;
}

/** A part that is kept in rows, and how they are read and put back. */
export interface Part<Content> {
  kind: PartKind;
  /** Returns the content of a row when it is written; undefined deletes the row. */
  read(number: number): Content | undefined;
  /** Puts back the rows that were kept, by rising number. */
  load(rows: PartRow<Content>[]): void;
}

/** Loads a part as it was kept. @returns a function that has a row written, with the next changes of the database */
export type KeepPart = <Content>(part: Part<Content>) => (number: number) => void;
