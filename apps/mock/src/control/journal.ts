import { redactBody, redactHeaders, redactUrl } from "./redact.ts";

/** A request that came in or went out, redacted. */
export interface JournalEntry {
  at: string;
  direction: "in" | "out";
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  status?: number;
  durationMs: number;
}

/** What is kept of a request: as cheap to make as can be, because most entries are never looked at. */
export interface NewEntry extends Omit<JournalEntry, "at" | "body"> {
  /** In milliseconds since 1970. */
  at: number;
  body?: string | Buffer | undefined;
}

export interface Journal {
  /** Keeps an entry; the oldest goes when there are 1,000. */
  add(entry: NewEntry): void;
  /** The newest first. */
  list(page: { limit: number; offset: number }): { requests: JournalEntry[]; total: number };
  clear(): void;
}

const size = 1_000;
const bodyLength = 2_000;

export function createJournal(): Journal {
  // A ring: the slot after the newest entry holds the oldest.
  let ring: NewEntry[] = [];
  let added = 0;
  return {
    add: (entry) => {
      ring[added % size] = entry;
      added += 1;
    },
    // Redacting waits until somebody looks.
    list: ({ limit, offset }) => {
      const newest = Array.from({ length: ring.length }, (_, age) => ring[(added - 1 - age) % size]);
      const requests = newest.slice(offset, offset + limit).filter((entry) => entry !== undefined);
      return { requests: requests.map(shown), total: ring.length };
    },
    clear: () => {
      ring = [];
      added = 0;
    },
  };
}

/** An entry without secrets. */
function shown({ at, url, headers, body, ...entry }: NewEntry): JournalEntry {
  return {
    at: new Date(at).toISOString(),
    ...entry,
    url: redactUrl(url),
    headers: redactHeaders(headers),
    ...(body !== undefined && { body: redactBody(body.toString()).slice(0, bodyLength) }),
  };
}

/** What the journal can show of a body, in UTF-8: of a large one the rest is not kept. */
export function visiblePart(body: Buffer): Buffer {
  const bytes = 3 * (bodyLength + 1);
  return body.length > bytes ? Buffer.from(body.subarray(0, bytes)) : body;
}
