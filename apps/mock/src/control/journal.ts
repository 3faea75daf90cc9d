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

export interface Journal {
  /** Redacts and keeps an entry; the oldest goes when there are 1,000. */
  add(entry: Omit<JournalEntry, "body"> & { body?: string | undefined }): void;
  /** The newest first. */
  list(page: { limit: number; offset: number }): { requests: JournalEntry[]; total: number };
  clear(): void;
}

const size = 1_000;
const bodyLength = 2_000;
const redacted = "[redacted]";
const secretHeaders = new Set(["authorization", "vz-m2m-token", "mock-control-token", "cookie"]);

export function createJournal(): Journal {
  // A ring: the slot after the newest entry holds the oldest.
  let ring: JournalEntry[] = [];
  let added = 0;
  return {
    add: ({ body, headers, ...entry }) => {
      ring[added % size] = {
        ...entry,
        headers,
        ...(body !== undefined && { body: body.slice(0, bodyLength) }),
      };
      added += 1;
    },
    // Redacting waits until somebody looks: most entries are never seen.
    list: ({ limit, offset }) => {
      const newest = Array.from({ length: ring.length }, (_, age) => ring[(added - 1 - age) % size]);
      const requests = newest.slice(offset, offset + limit).filter((entry) => entry !== undefined);
      return { requests: requests.map(withoutSecrets), total: ring.length };
    },
    clear: () => {
      ring = [];
      added = 0;
    },
  };
}

function withoutSecrets({ headers, body, ...entry }: JournalEntry): JournalEntry {
  return {
    ...entry,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        secretHeaders.has(name) ? redacted : String(value),
      ]),
    ),
    ...(body !== undefined && { body: redactedBody(body) }),
  };
}

/** Values of members that are secret, in JSON, in JSON that is cut short or wrong, and in forms. */
function redactedBody(body: string): string {
  return body
    .replace(
      /("(?:password|secret|token|sessionToken|access_token)"\s*:\s*")((?:[^"\\]|\\.)*)/gi,
      `$1${redacted}`,
    )
    .replace(/((?:^|&)(?:password|token|client_secret)=)[^&]*/gi, `$1${redacted}`);
}
