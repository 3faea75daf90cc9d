/** Fastify's logger options. */
export interface Log {
  level: string;
  stream: { write(line: string): void };
}

/**
 * The log, on standard error so that the banner can be piped: lines of JSON, or readable on a terminal. Fastify logs method,
 * URL, status and time of a request, never its headers or body, where tokens and passwords are.
 */
export async function logTo(level: string): Promise<Log> {
  if (!process.stderr.isTTY) return { level, stream: process.stderr };
  const { default: pretty } = await import("pino-pretty");
  return { level, stream: pretty({ destination: 2, sync: true, ignore: "pid,hostname,reqId" }) };
}
