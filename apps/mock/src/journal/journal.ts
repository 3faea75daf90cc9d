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

/** A request that came in or went out. */
export interface JournalEntry {
  at: string;
  direction: "in" | "out";
  api?: string | undefined;
  account?: string | undefined;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
  status?: number;
  durationMs: number;
}

/** An entry with its time in milliseconds since 1970, and nothing redacted yet but a body that is text already. */
export type NewEntry = Omit<JournalEntry, "at" | "body"> & {
  at: number;
  body?: RedactableBody | string | undefined;
};

export interface Journal {
  /** Keeps an entry. The oldest goes when there are too many, or when they are larger than 4 MiB together. */
  add(entry: NewEntry): void;
  /** The newest first, redacted. */
  list(page: { limit: number; offset: number }): { requests: JournalEntry[]; total: number };
  /** @returns how many were forgotten. */
  clear(): number;
}

const listSchema = getSuccess(getOperation("control", "listRequests")).response.body?.schema ?? {};
const size = getLimit(findMember(listSchema, "total"), "maximum");
const capacity = 4 * 1024 * 1024;
const bodyLength = 2_000;

/**
 * Entries are kept as text in bytes outside V8's heap, written round and round. As objects they would live just long
 * enough to be moved to its old space, and collecting them there costs a fifth of what answering a request does.
 */
export function createJournal(): Journal {
  const bytes = Buffer.allocUnsafe(capacity);
  // Positions count on for ever; where in the bytes is the remainder.
  const starts = new Float64Array(size);
  const ends = new Float64Array(size);
  let end = 0;
  let added = 0;
  let firstKept = 0;

  const read = (index: number): NewEntry => {
    const [start = 0, stop = 0] = [starts[index % size], ends[index % size]];
    return JSON.parse(bytes.toString("utf8", start % capacity, (start % capacity) + stop - start));
  };

  /** Looks how many are kept, without those that were written over. */
  const countKept = () => {
    firstKept = Math.max(firstKept, added - size);
    while (firstKept < added && end - (starts[firstKept % size] ?? 0) > capacity) firstKept += 1;
    return added - firstKept;
  };

  return {
    add: (entry) => {
      const text = JSON.stringify(entry);
      const room = capacity - (end % capacity);
      // A character is three bytes at most. What does not fit before the end goes to the beginning.
      const start = text.length * 3 > room ? end + room : end;
      end = start + bytes.write(text, start % capacity);
      starts[added % size] = start;
      ends[added % size] = end;
      added += 1;
    },
    list: ({ limit, offset }) => {
      const total = countKept();
      const count = Math.max(0, Math.min(limit, total - offset));
      const requests = Array.from({ length: count }, (_, age) => shown(read(added - 1 - offset - age)));
      return { requests, total };
    },
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
function shown({ at, url, headers, body, ...entry }: NewEntry): JournalEntry {
  return {
    at: new Date(at).toISOString(),
    ...entry,
    url: redactUrl(url),
    headers: redactHeaders(headers),
    ...(body !== undefined && {
      body: typeof body === "string" ? body : redactBody(body).slice(0, bodyLength),
    }),
  };
}
