import type { Faults, SavedFault } from "../control/faults.ts";
import type { Events } from "../events/events.ts";
import type { Journal } from "../journal/journal.ts";
import type { Clock, SavedClock } from "../state/clock.ts";
import type { Credentials, KnownCredentials } from "../state/credentials.ts";
import { keepJournal } from "./keep-journal.ts";
import type { KeepPart } from "./parts.ts";
import type { SavedSnapshot, Snapshots } from "./snapshots.ts";

/** The parts of a space that can be kept, and its events, which tell of their changes. */
interface Parts {
  clock: Clock;
  credentials: Credentials;
  faults: Faults;
  snapshots: Snapshots;
  journal: Journal;
  events: Events;
}

/** The parts of a space that are kept. */
export interface KeptParts {
  noteFault(number: number): void;
  noteSnapshot(number: number): void;
  noteClearedJournal(): void;
  /** Has everything written that waits to be written. */
  flush(): void;
  /** Ends the timer of the journal. */
  close(): void;
}

/** Puts back the parts of a space as they were kept, and has every change of them written. */
export function keepParts(parts: Parts, keep: KeepPart): KeptParts {
  const { clock, credentials, faults, snapshots, journal, events } = parts;
  const noteClock = keep<SavedClock>({
    kind: "clock",
    read: () => clock.save(),
    load: ([row]) => row && clock.load(row.content),
  });
  const noteCredentials = keep<Partial<KnownCredentials>>({
    kind: "credentials",
    read: () => credentials.listReplaced(),
    load: ([row]) => row && credentials.replace(row.content),
  });
  const noteFault = keep<SavedFault>({
    kind: "faults",
    read: (number) => faults.save(number),
    load: (rows) => {
      for (const { number, content } of rows) faults.load(number, content);
    },
  });
  const noteSnapshot = keep<SavedSnapshot>({
    kind: "snapshots",
    read: (number) => snapshots.save(number),
    load: (rows) => {
      for (const { number, content } of rows) snapshots.load(number, content);
    },
  });
  const { noteEntry, noteCleared, flush, close } = keepJournal(journal, keep);

  events.watch((kind) => {
    if (kind === "request") noteEntry();
    if (kind === "clock" || kind === "reset") noteClock(0);
    if (kind === "reset") noteCredentials(0);
  });
  return { noteFault, noteSnapshot, noteClearedJournal: noteCleared, flush, close };
}
