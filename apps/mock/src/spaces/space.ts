import type { DatabaseSync } from "node:sqlite";
import type { LimitFunction } from "p-limit";
import { createFaults, type Faults } from "../control/faults.ts";
import type { Delivery, Status } from "../deliveries/delivery.ts";
import type { Outbox } from "../deliveries/outbox.ts";
import { createQueue, type Queue } from "../deliveries/queue.ts";
import type { Attempt } from "../deliveries/sender.ts";
import type { SenderProfile } from "../deliveries/sender-profile.ts";
import { createSpoiledSend } from "../deliveries/spoiled-send.ts";
import { createDeliveries, type Deliveries } from "../deliveries/store.ts";
import { describeEvent, noteAttempt } from "../events/describe.ts";
import { createEvents, type Events } from "../events/events.ts";
import { withEvents } from "../events/registrations.ts";
import { createEventStream, type EventStream } from "../events/stream.ts";
import { createJournal, type Journal } from "../journal/journal.ts";
import { runAll } from "../run-all.ts";
import { type Clock, createClock } from "../state/clock.ts";
import { type Credentials, createCredentials, type KnownCredentials } from "../state/credentials.ts";
import {
  createRegistrations,
  createStoredRegistrations,
  type Registrations,
} from "../state/registrations.ts";
import { createTokens, type Tokens } from "../state/tokens.ts";
import { inTransaction } from "../state/transaction.ts";
import { type KeptParts, keepParts } from "./keep-parts.ts";
import type { KeepPart } from "./parts.ts";
import { createSnapshots, type Snapshots } from "./snapshots.ts";

/** Everything that one user of the mock sees of it: what is remembered, sent, told to go wrong and written down. */
export interface Space {
  name: string;
  registrations: Registrations;
  /** The applications and users of strict authentication. */
  credentials: Credentials;
  tokens: Tokens;
  deliveries: Deliveries;
  queue: Queue;
  faults: Faults;
  journal: Journal;
  clock: Clock;
  /** The events of the space. */
  events: Events;
  /** The events as text, for those who follow them. */
  stream: EventStream;
  /** The snapshots of the space. */
  snapshots: Snapshots;
  /** Runs `run` so that what it writes into the store is stored whole or not at all. */
  inTransaction<Result>(run: () => Result): Result;
  /** Resolves when everything that was written is stored; missing where that is so at once. */
  settle?: SpaceStore["settle"];
  /** Ends attempts under way, and has written what waits to be written, before the space is closed for good. */
  flush(): Promise<void>;
  /** Ends attempts under way, and closes the database. */
  close(): Promise<void>;
}

/** Name of the space of requests that choose none. */
export const defaultName = "default";

/** The parts that the spaces of a mock share. */
export interface SpaceContext {
  outbox: Outbox;
  profile: SenderProfile;
  /** Lets so many messages be sent at the same time, in all spaces together. */
  limit: LimitFunction;
  keepDeliveries: number;
  /** The applications and users that each space has at its start. */
  configured: KnownCredentials;
  onError: (error: unknown) => void;
  /** Is told of each attempt when it has ended, and the status that its delivery has after it. */
  onAttempt: (delivery: Delivery, attempt: Attempt, status: Status) => void;
}

/** The database of a space's state. */
export interface SpaceStore {
  database: DatabaseSync;
  /** Registrations are kept in the database, too; without a file they are quicker beside it. */
  isFile: boolean;
  /** True if there is a state, however empty, that a seed must not replace. @default depends on the registrations */
  isKept?: boolean;
  /** Resolves when everything that was written is stored, or returns nothing when it is. @throws when it cannot be */
  settle?: () => Promise<void> | undefined;
  /** Keeps a part of the space that is not in its database. @default these parts are lost when the process ends */
  keep?: KeepPart;
}

/** The states of all spaces of a mock. */
export interface SpaceStores {
  /** Names of the spaces that have a state. */
  kept: string[];
  /** Opens the state of a space, or makes an empty one. */
  open(space: string): SpaceStore;
  /** Forgets the state of a space that was closed. */
  forget(space: string): void;
}

/** Creates a space with nothing in it but what the store has. */
export function createSpace(name: string, store: SpaceStore, context: SpaceContext): Space {
  const { database, isFile, settle, keep } = store;
  const { outbox, profile, limit, keepDeliveries, onError, onAttempt } = context;
  const clock = createClock();
  const events = createEvents(onError);
  const journal = createJournal({
    onAdd: (id) => events.add("request", id),
    onClear: () => kept?.noteClearedJournal(),
  });
  const deliveries = createDeliveries(database, {
    keepFinished: keepDeliveries,
    onChange: (id) => events.add("delivery", id),
  });
  const faults = createFaults({
    onChange: (change) => events.add("fault", change),
    onSave: (number) => kept?.noteFault(number),
  });
  const credentials = createCredentials(context.configured);
  const snapshots = createSnapshots({ onChange: (number) => kept?.noteSnapshot(number) });
  // Before the tokens, because they expire by the clock.
  const kept: KeptParts | undefined =
    keep && keepParts({ clock, credentials, faults, snapshots, journal, events }, keep);
  const queue = createQueue({
    deliveries,
    send: createSpoiledSend(outbox.sendInto(journal), faults, profile.timeoutMs),
    onError,
    onAttempt: (delivery, attempt, status) => {
      events.add("attempt", noteAttempt(delivery, attempt));
      onAttempt(delivery, attempt, status);
    },
    profile,
    limit,
    clock,
  });
  const space: Space = {
    name,
    stream: createEventStream(events, { describe: (event) => describeEvent(event, space), onError }),
    registrations: withEvents(isFile ? createStoredRegistrations(database) : createRegistrations(), events),
    credentials,
    // A token says which space it is of, because that may be all that a client sends.
    tokens: createTokens(database, clock, name === defaultName ? "" : `${name}.`),
    deliveries,
    queue,
    faults,
    events,
    journal,
    clock,
    snapshots,
    ...(settle && { settle }),
    inTransaction: (run) => {
      // Inside, they would be lost if the transaction is not committed.
      deliveries.flush();
      return inTransaction(database, run);
    },
    flush: () => runAll([() => queue.close(), () => kept?.flush()]),
    close: () => runAll([() => kept?.close(), () => queue.close(), () => database.close()]),
  };
  return space;
}
