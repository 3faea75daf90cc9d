import {
  findMember,
  getLimit,
  getOperation,
  getSuccess,
  hideBody,
  type RedactableBody,
  redactBody,
  redactHeaders,
  redactUrl,
} from "@thingspace-callbacks/contract";

import { createMatcher, type RequestFilter } from "./filter.ts";

/** A request that came in or went out. */
export interface JournalEntry {
  /** Counts up from 1. */
  id: number;
  at: string;
  direction: "in" | "out";
  api?: string | undefined;
  operationId?: string | undefined;
  account?: string | undefined;
  delivery?: number | undefined;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
  status?: number;
  durationMs: number;
}

/** An entry with its time in milliseconds since 1970, and nothing redacted yet but a body that is text already. */
export type NewEntry = Omit<JournalEntry, "id" | "at" | "body"> & {
  at: number;
  body?: RedactableBody | string | undefined;
};

export interface Journal {
  /** Keeps an entry. The oldest goes when there are too many, or when they are larger than 4 MiB together. */
  add(entry: NewEntry): void;
  /** Returns an entry, redacted; undefined when it is not kept any more. */
  get(id: number): JournalEntry | undefined;
  /** Returns those that match, the newest first, redacted. */
  list(filter: RequestFilter & RequestPage): RequestList;
  /** Returns how many match. */
  count(filter: RequestFilter): number;
  /** @returns how many were forgotten. */
  clear(): number;
}

const listSchema = getSuccess(getOperation("control", "listRequests")).response.body?.schema ?? {};
const size = getLimit(findMember(listSchema, "total"), "maximum");
const capacity = 4 * 1024 * 1024;
const bodyLength = 2_000;

/** Options for a journal. */
export interface JournalOptions {
  /** Is told the id of each entry that is added. */
  onAdd?: ((id: number) => void) | undefined;
}

/** Which of the entries that match are listed. */
export interface RequestPage {
  /** Only those with a smaller id. */
  cursor?: number;
  limit: number;
  offset: number;
}

/** A page of the journal. `total` is how many match, on all pages. */
export interface RequestList {
  requests: JournalEntry[];
  total: number;
  /** The cursor of the next page, if there is one. */
  nextCursor?: number;
}

/**
 * Entries are kept as text in bytes outside V8's heap, written round and round. As objects they would live just long
 * enough to be moved to its old space, and collecting them there costs a fifth of what answering a request does.
 */
export function createJournal({ onAdd }: JournalOptions = {}): Journal {
  const bytes = Buffer.allocUnsafe(capacity);
  // Positions count on for ever; where in the bytes is the remainder.
  const starts = new Float64Array(size);
  const ends = new Float64Array(size);
  let end = 0;
  let added = 0;
  let firstKept = 0;
  // What was read since the last entry was added: everybody who waits for an entry looks at the same ones.
  const parsed = new Map<number, NewEntry>();

  const read = (index: number): NewEntry => {
    const known = parsed.get(index);
    if (known) return known;
    const [start = 0, stop = 0] = [starts[index % size], ends[index % size]];
    const entry = JSON.parse(bytes.toString("utf8", start % capacity, (start % capacity) + stop - start));
    parsed.set(index, entry);
    return entry;
  };

  /** Looks how many are kept, without those that were written over. */
  const countKept = () => {
    firstKept = Math.max(firstKept, added - size);
    while (firstKept < added && end - (starts[firstKept % size] ?? 0) > capacity) firstKept += 1;
    return added - firstKept;
  };

  /** Returns the indexes of the entries that match, the newest first. */
  const find = ({ after = 0, ...filter }: RequestFilter): number[] => {
    const newest = added - 1;
    const count = Math.min(countKept(), Math.max(0, added - after));
    const kept = Array.from({ length: count }, (_, age) => newest - age);
    const matches = createMatcher(filter, (entry) => shown(entry, 0));
    return matches ? kept.filter((index) => matches(read(index))) : kept;
  };

  return {
    add: (entry) => {
      if (parsed.size > 0) parsed.clear();
      const text = JSON.stringify(entry);
      const room = capacity - (end % capacity);
      // A character is three bytes at most. What does not fit before the end goes to the beginning.
      const start = text.length * 3 > room ? end + room : end;
      end = start + bytes.write(text, start % capacity);
      starts[added % size] = start;
      ends[added % size] = end;
      added += 1;
      onAdd?.(added);
    },
    get: (id) => {
      countKept();
      return id > firstKept && id <= added ? shown(read(id - 1), id) : undefined;
    },
    list: ({ limit, offset, cursor = Number.POSITIVE_INFINITY, ...filter }) => {
      const found = find(filter);
      const rest = found.filter((index) => index + 1 < cursor).slice(offset);
      const requests = rest.slice(0, limit).map((index) => shown(read(index), index + 1));
      const last = requests.at(-1);
      return {
        requests,
        total: found.length,
        ...(last && rest.length > limit && { nextCursor: last.id }),
      };
    },
    count: (filter) => find(filter).length,
    clear: () => {
      const forgotten = countKept();
      firstKept = added;
      return forgotten;
    },
  };
}

/** A larger body is redacted and cut before it is kept; others when they are shown, which most never are. */
const longestKept = 3 * bodyLength;

/** What the journal keeps of a body. `about` says what its operation takes and what was sent. */
export function keepBody(
  body: Buffer | string,
  about: Pick<RedactableBody, "mediaType" | "sentType">,
): RedactableBody | string {
  const bytes = Buffer.byteLength(body);
  if (bytes === 0) return "";
  if (about.mediaType === undefined) return hideBody({ bytes, ...about });
  const whole = { text: body.toString(), bytes, ...about };
  return bytes > longestKept ? redactBody(whole).slice(0, bodyLength) : whole;
}

/** An entry without secrets. */
function shown({ at, url, account, headers, body, ...entry }: NewEntry, id: number): JournalEntry {
  return {
    id,
    at: new Date(at).toISOString(),
    ...entry,
    url: redactUrl(url),
    ...(account !== undefined && { account: showAccount(account) }),
    headers: redactHeaders(headers),
    ...(body !== undefined && {
      body: typeof body === "string" ? body : redactBody(body).slice(0, bodyLength),
    }),
  };
}

/** Somebody may have sent a token in the place of the account. */
function showAccount(account: string): string {
  const path = `/${account}`;
  return redactUrl(path) === path ? account : "[redacted]";
}
