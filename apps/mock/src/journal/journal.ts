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
  /** Body of the response that refused the request. */
  refusal?: string | undefined;
  durationMs: number;
}

/** An entry with its time in milliseconds since 1970, and nothing redacted yet but a body that is text already. */
export type NewEntry = Omit<JournalEntry, "id" | "at" | "body" | "refusal"> & {
  at: number;
  body?: RedactableBody | string | undefined;
  refusal?: RedactableBody | string | undefined;
};

export interface Journal {
  /** Keeps an entry. When there are too many, the oldest one goes. */
  add(entry: NewEntry): void;
  /** Returns an entry, redacted; undefined when it is not kept any more. */
  get(id: number): JournalEntry | undefined;
  /** Returns those that match, the newest first, redacted. */
  list(filter: RequestFilter & RequestPage): RequestList;
  /** Returns how many match, `atMost` if there are more. */
  count(filter: RequestFilter, atMost: number): number;
  /** @returns how many were forgotten. */
  clear(): number;
  /** Returns the ids of the oldest and the newest entry; after `clear` the first is greater than the last. */
  getRange(): { first: number; last: number };
  /** Replaces everything by entries as `get` returned them, the oldest first; they keep their ids. */
  load(entries: JournalEntry[]): void;
}

const listSchema = getSuccess(getOperation("control", "listRequests")).response.body?.schema ?? {};
const size = getLimit(findMember(listSchema, "total"), "maximum");
const bodyLength = 2_000;

/** Options for a journal. */
export interface JournalOptions {
  /** Is told the id of each entry that is added. */
  onAdd?: ((id: number) => void) | undefined;
  /** Is called when all entries were forgotten. */
  onClear?: (() => void) | undefined;
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

/** Creates an empty journal. It stays small: Node.js limits the headers of a request, and `keepBody` its body. */
export function createJournal({ onAdd, onClear }: JournalOptions = {}): Journal {
  let entries: NewEntry[] = [];
  let added = 0;

  /** Returns the entries that match and their ids, the newest first. */
  const find = ({ after = 0, ...filter }: RequestFilter) => {
    const matches = createMatcher(filter, (entry) => redactEntry(entry, 0));
    const firstId = added - entries.length + 1;
    return entries
      .map((entry, index) => ({ id: firstId + index, entry }))
      .filter(({ id, entry }) => id > after && (!matches || matches(entry)))
      .reverse();
  };

  return {
    add: (entry) => {
      entries.push(entry);
      if (entries.length > size) entries.shift();
      added += 1;
      onAdd?.(added);
    },
    get: (id) => {
      const entry = entries[id - 1 - (added - entries.length)];
      return entry && redactEntry(entry, id);
    },
    list: ({ limit, offset, cursor = Number.POSITIVE_INFINITY, ...filter }) => {
      const found = find(filter);
      const rest = found.filter(({ id }) => id < cursor).slice(offset);
      const requests = rest.slice(0, limit).map(({ entry, id }) => redactEntry(entry, id));
      const last = requests.at(-1);
      return {
        requests,
        total: found.length,
        ...(last && rest.length > limit && { nextCursor: last.id }),
      };
    },
    // Whoever waits for a request counts after each other one, so nothing is allocated.
    count: ({ after = 0, ...filter }, atMost) => {
      const matches = createMatcher(filter, (entry) => redactEntry(entry, 0));
      const firstId = added - entries.length + 1;
      let count = 0;
      for (let index = entries.length - 1; index >= Math.max(0, after + 1 - firstId); index -= 1) {
        const entry = entries[index] as NewEntry;
        if (!matches || matches(entry)) count += 1;
        if (count === atMost) break;
      }
      return count;
    },
    clear: () => {
      const forgotten = entries.length;
      entries = [];
      onClear?.();
      return forgotten;
    },
    getRange: () => ({ first: added - entries.length + 1, last: added }),
    load: (saved) => {
      entries = saved.slice(-size).map(({ id, at, ...entry }) => ({ ...entry, at: Date.parse(at) }));
      added = saved.at(-1)?.id ?? 0;
    },
  };
}

/** A larger body is redacted and cut before it is kept; others when they are shown, which most never are. */
const longestKept = 3 * bodyLength;

/** Returns the part of a body that the journal keeps. `about` says what its operation takes and what was sent. */
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

/** Returns an entry without its secrets. */
function redactEntry(kept: NewEntry, id: number): JournalEntry {
  const { at, url, account, headers, body, refusal, ...entry } = kept;
  return {
    id,
    at: new Date(at).toISOString(),
    ...entry,
    url: redactUrl(url),
    ...(account !== undefined && { account: showAccount(account) }),
    headers: redactHeaders(headers),
    ...(body !== undefined && { body: showBody(body) }),
    ...(refusal !== undefined && { refusal: showBody(refusal) }),
  };
}

const showBody = (body: RedactableBody | string) =>
  typeof body === "string" ? body : redactBody(body).slice(0, bodyLength);

/** Somebody may have sent a token in the place of the account. */
function showAccount(account: string): string {
  const path = `/${account}`;
  return redactUrl(path) === path ? account : "[redacted]";
}
