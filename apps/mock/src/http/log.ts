import { redactUrl } from "@thingspace-callbacks/contract";

/** A line of the log, about a request or an attempt to deliver a message. */
export interface LogLine {
  /** API and operationId, such as `v1.registerCallback`; `deliver` for an attempt; method and path of other requests. */
  operation: string;
  account?: string | undefined;
  /** Status of the response; missing without a response. */
  status?: number | undefined;
  /** Duration in milliseconds. */
  ms: number;
  /** Id of the delivery that was attempted. */
  delivery?: number | undefined;
  /** The reason why an attempt got no response. */
  error?: string | undefined;
}

/** The log of a mock: its own lines, and what Fastify logs. */
export interface Log {
  /** Fastify's logger options. */
  fastify: { level: string; stream: Stream; serializers: { req: typeof describeRequest } };
  /** True if lines are written, so that callers make a line only if it is. */
  isWriting: boolean;
  /** Writes a line; does nothing below the level `info`. */
  write(line: LogLine): void;
}

interface Stream {
  write(line: string): void;
}

/** A reader that has stopped reading must not fill the mock's memory. */
const longestBacklog = 1024 * 1024;

/**
 * Creates the log, on standard error so that the banner can be piped: lines of JSON, or readable on a terminal. At `info`
 * there is one line per request and per attempt. Headers and bodies, where tokens and passwords are, are never logged.
 */
export async function createLog(level: string): Promise<Log> {
  const stream = await openStream();
  const isWriting = level === "info" || level === "debug";
  return {
    isWriting,
    fastify: {
      // The lines of Fastify at `info` are replaced by the lines of `write`.
      level: level === "info" ? "warn" : level,
      stream,
      serializers: { req: describeRequest },
    },
    write: (line) => {
      if (!isWriting || process.stderr.writableLength > longestBacklog) return;
      const { operation, account, status, ms, error } = line;
      const parts = [operation, account, status ?? error ?? "no response", `${ms} ms`];
      const msg = parts.filter((part) => part !== undefined).join(" ");
      stream.write(`${JSON.stringify({ level: 30, time: Date.now(), ...line, msg })}\n`);
    },
  };
}

function describeRequest({ method, url }: { method: string; url: string }) {
  return { method, url: redactUrl(url) };
}

async function openStream(): Promise<Stream> {
  if (!process.stderr.isTTY) return process.stderr;
  const { default: pretty } = await import("pino-pretty");
  // All of a line's members are in its message.
  const ignore = "pid,hostname,reqId,operation,account,status,ms,delivery,error";
  return pretty({ destination: 2, sync: true, ignore });
}
