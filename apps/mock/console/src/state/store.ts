import { signal } from "@preact/signals";
import {
  type Clock,
  callControl,
  type Delivery,
  type Fault,
  type JournalEntry,
  type Registration,
  type Snapshots,
  type Spaces,
} from "../api/call.ts";
import { space, token } from "../api/session.ts";
import { readStream, type StreamEvent } from "../api/stream.ts";
import { createRows } from "./rows.ts";

export const requests = createRows<JournalEntry>();
export const deliveries = createRows<Delivery>();
export const registrations = signal<Registration[]>([]);
export const faults = signal<Fault[]>([]);
export const clock = signal<Clock | undefined>(undefined);
/** When the clock was read, in milliseconds of this machine. */
export const clockReadAt = signal(0);
export const spaces = signal<Spaces>([]);
export const snapshots = signal<Snapshots>([]);
/** False until everything of the space was read once. */
export const isLoaded = signal(false);
export const connection = signal<"connecting" | "live" | "lost">("connecting");

/** What one page of a list has at most. */
const pageSize = "1000";
/** Events are shown together so often: a page that is repainted for each of 1,000 events a second does nothing else. */
const flushMs = 50;

/** Follows the mock until `stop` is called, and starts anew when the space or the token changes. */
export async function follow(): Promise<void> {
  let running: AbortController | undefined;
  const restart = () => {
    running?.abort();
    running = new AbortController();
    void followSpace(running.signal);
  };
  space.subscribe(restart);
  let last = token.value;
  token.subscribe((value) => {
    if (value !== last) restart();
    last = value;
  });
}

async function followSpace(signal: AbortSignal): Promise<void> {
  connection.value = "connecting";
  isLoaded.value = false;
  const waiting: StreamEvent[] = [];
  let isScheduled = false;
  const flush = () => {
    isScheduled = false;
    if (!signal.aborted) apply(waiting.splice(0));
  };
  const reader = {
    onOpen: () => {
      connection.value = "live";
      refresh(reload);
    },
    onEvents: (events: StreamEvent[]) => {
      waiting.push(...events);
      if (isScheduled) return;
      isScheduled = true;
      setTimeout(flush, flushMs);
    },
    onLost: () => {
      connection.value = "lost";
    },
  };
  await readStream(reader, signal);
}

/** Shows what has happened, and reads again what an event only announces. */
function apply(events: StreamEvent[]): void {
  const kinds = new Set(events.map(({ kind }) => kind));
  if (kinds.has("reset")) {
    refresh(reload);
    return;
  }
  // What is listed already stays: the mock keeps fewer requests than the console.
  if (kinds.has("skipped")) refresh(read);
  const dataOf = (kind: string) => events.filter((event) => event.kind === kind).map(({ data }) => data);
  if (kinds.has("request")) requests.put(dataOf("request") as JournalEntry[]);
  if (kinds.has("delivery")) deliveries.put(dataOf("delivery") as Delivery[]);
  if (kinds.has("clock")) setClock(dataOf("clock").at(-1) as Clock);
  if (kinds.has("registration")) refresh(readRegistrations);
  if (kinds.has("fault")) refresh(readFaults);
  if (kinds.has("registration") || kinds.has("delivery")) refresh(readSpaces);
}

/** Reads in the background. When the mock does not respond, the stream tells so, and everything is read again after it. */
function refresh(read: () => Promise<void>): void {
  read().catch(() => {});
}

/** Forgets what is listed, and reads everything. */
export const reload = () => read({ keepsRows: false });

async function read({ keepsRows = true } = {}): Promise<void> {
  const chosen = space.value;
  const [journal, sent] = await Promise.all([
    callControl("listRequests", { query: { limit: pageSize } }),
    callControl("listDeliveries", { query: { limit: pageSize } }),
    readRegistrations(),
    readFaults(),
    readClock(),
    readSpaces(),
    readSnapshots(),
  ]);
  if (chosen !== space.value) return;
  if (!keepsRows) requests.clear();
  requests.put(journal.requests);
  if (!keepsRows) deliveries.clear();
  deliveries.put(sent.deliveries);
  isLoaded.value = true;
}

async function readRegistrations(): Promise<void> {
  registrations.value = (await callControl("getState")).registrations;
}

async function readFaults(): Promise<void> {
  faults.value = await callControl("listFaults");
}

async function readClock(): Promise<void> {
  setClock(await callControl("getClock"));
}

function setClock(value: Clock): void {
  clockReadAt.value = Date.now();
  clock.value = value;
}

let spacesTimer: ReturnType<typeof setTimeout> | undefined;

/** Reads the spaces, at most once a second: their counts change with every message. */
export async function readSpaces(): Promise<void> {
  if (spacesTimer !== undefined) return;
  spacesTimer = setTimeout(() => {
    spacesTimer = undefined;
  }, 1_000);
  spaces.value = (await callControl("listSpaces")).spaces;
}

export async function readSnapshots(): Promise<void> {
  snapshots.value = (await callControl("listSnapshots")).snapshots;
}

/** Returns the accounts that have a registration or a delivery. */
export function listAccounts(): string[] {
  const known = [...registrations.value, ...deliveries.list().toReversed()].map(({ account }) => account);
  return [...new Set(known)];
}
