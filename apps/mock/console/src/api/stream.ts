import { sendControl } from "./call.ts";

/** An event of the mock. */
export interface StreamEvent {
  kind: string;
  data: unknown;
}

/** What a reader of the stream is told. */
export interface StreamReader {
  /** The stream is open; true after an interruption. */
  onOpen(isResumed: boolean): void;
  onEvents(events: StreamEvent[]): void;
  /** The connection was lost, and is tried again. */
  onLost(): void;
}

const pauseMs = 1_000;

/**
 * Reads the event stream until `signal` aborts, and continues where it was after an interruption. It uses `fetch`,
 * because an `EventSource` cannot send the token or the space.
 */
export async function readStream(reader: StreamReader, signal: AbortSignal): Promise<void> {
  let lastId: string | undefined;
  let isResumed = false;
  while (!signal.aborted) {
    try {
      const headers = lastId === undefined ? {} : { "Last-Event-ID": lastId };
      const response = await sendControl("streamEvents", {}, { headers, signal });
      if (response.status === 401) return;
      if (!response.ok || !response.body) throw new Error(`The stream responded with ${response.status}`);
      reader.onOpen(isResumed);
      isResumed = true;
      const parse = createParser();
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        const { events, id } = parse(text);
        lastId = id ?? lastId;
        if (events.length > 0) reader.onEvents(events);
      }
    } catch {
      if (signal.aborted) return;
    }
    reader.onLost();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Creates a parser of server-sent events, which takes the text in any pieces. */
export function createParser(): (text: string) => { events: StreamEvent[]; id: string | undefined } {
  let rest = "";
  return (text) => {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    const events: StreamEvent[] = [];
    let id: string | undefined;
    for (const block of blocks) {
      const fields = readFields(block);
      id = fields.get("id") ?? id;
      const kind = fields.get("event");
      if (kind !== undefined) events.push({ kind, data: JSON.parse(fields.get("data") ?? "null") });
    }
    return { events, id };
  };
}

function readFields(block: string): Map<string, string> {
  const lines = block.split("\n").map((line) => line.split(/: (.*)/s));
  return new Map(lines.map(([name = "", value = ""]) => [name, value]));
}
