const chunkLength = 65_536;

/**
 * Returns the key that a seen store knows a message by: the API and a SHA-256 of the JSON value in its canonical form
 * (RFC 8785: sorted members, no white space), so that two spellings of one message have one key.
 *
 * The canonical text is hashed in chunks, each together with the digest of those before it: it is never in memory as a whole.
 */
export async function hashJson(api: string, value: unknown): Promise<string> {
  let digest = "";
  let chunk = "";
  for (const text of writeCanonical(value)) {
    chunk += text;
    if (chunk.length >= chunkLength) {
      digest = await sha256(digest + chunk);
      chunk = "";
    }
  }
  return `${api}:${await sha256(digest + chunk)}`;
}

/** A list or object whose items are being written. */
interface Level {
  values: unknown[];
  /** The names of the values, in an object. */
  names: string[] | undefined;
  next: number;
}

/** Yields the canonical text piece by piece. A stack instead of recursion, because a message may be nested deeply. */
export function* writeCanonical(root: unknown): Generator<string> {
  const stack: Level[] = [{ values: [root], names: undefined, next: 0 }];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const { values, names, next } = level;
    if (next === values.length) {
      stack.pop();
      if (stack.length > 0) yield names ? "}" : "]";
      continue;
    }
    level.next += 1;
    const value = values[next];
    const separator = next > 0 ? "," : "";
    const name = names ? `${JSON.stringify(names[next])}:` : "";
    if (typeof value !== "object" || value === null) {
      yield separator + name + JSON.stringify(value);
    } else if (Array.isArray(value)) {
      yield `${separator}${name}[`;
      stack.push({ values: value, names: undefined, next: 0 });
    } else {
      yield `${separator}${name}{`;
      const sorted = Object.keys(value).sort();
      const members = value as Record<string, unknown>;
      stack.push({ values: sorted.map((key) => members[key]), names: sorted, next: 0 });
    }
  }
}

/** Returns the SHA-256 of a text, in hexadecimal. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
