import type { Api } from "../options.ts";

/**
 * Something that happened to a message. `stored`: it was stored, and the sender is told so. `repeat`: it was known already.
 * `handled`, `retry`, `dead`: how an attempt ended. `released`: `stop` ended the attempt, which does not count. `lost`: the attempt
 * has ended after another process took the message.
 */
export interface InboxEvent {
  event: "stored" | "repeat" | "handled" | "retry" | "dead" | "released" | "lost";
  api: Api;
  /** The documented type of the message, or `other`. */
  type: string;
  account: string | undefined;
  /** Attempts so far. */
  attempts: number;
  /** Milliseconds that storing the message, or the attempt, took. */
  durationMs: number;
  /** Milliseconds since the message was received. */
  ageMs: number;
}
