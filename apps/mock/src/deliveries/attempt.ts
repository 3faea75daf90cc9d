import type { LimitFunction } from "p-limit";
import type { Clock } from "../state/clock.ts";
import type { Delivery } from "./delivery.ts";
import type { Line } from "./line.ts";
import { pause } from "./pause.ts";
import type { Attempt } from "./sender.ts";
import type { SenderProfile } from "./sender-profile.ts";

/** Sends the message of a delivery as the body says; a failure is in the attempt, never thrown. */
export type Send = (delivery: Delivery, body: string, signal?: AbortSignal) => Promise<Attempt>;

/** An attempt, and when it began by the mock's clock. */
export type MadeAttempt = Attempt & { at: string };

/** Sends the message of a delivery once. @returns nothing when this machine could not send, or the delivery was given up */
export type MakeAttempt = (
  delivery: Delivery,
  line: Line,
  signal: AbortSignal,
) => Promise<MadeAttempt | undefined>;

export interface AttemptOptions {
  send: Send;
  /** Is told when this machine cannot send. */
  onError: (error: unknown) => void;
  profile: Pick<SenderProfile, "countMember">;
  clock: Pick<Clock, "now">;
  /** Lets so many messages be sent at the same time. */
  limit: LimitFunction;
}

/** Pause after a failure of this machine, such as too many open files; such a failure is no attempt. */
const localPauseMs = 1_000;

/** Creates the function that makes attempts. */
export function createMakeAttempt({ send, onError, profile, clock, limit }: AttemptOptions): MakeAttempt {
  let isStarved = false;

  function buildBody({ message, attempts }: Delivery): string {
    const { countMember } = profile;
    if (countMember === undefined) return message;
    return JSON.stringify({ ...JSON.parse(message), [countMember]: attempts.length + 1 });
  }

  /** Says it once, until something has been sent again. */
  function reportStarved(error: string | undefined): void {
    if (!isStarved) onError(new Error(`Messages wait, because this machine cannot send: ${error}`));
    isStarved = true;
  }

  return async (delivery, line, signal) => {
    const body = buildBody(delivery);
    const made = await limit(async () => {
      if (signal.aborted) return undefined;
      return {
        at: new Date(clock.now() - line.behindMs).toISOString(),
        ...(await send(delivery, body, signal)),
      };
    });
    if (!made || signal.aborted) return undefined;
    const { isLocal, ...attempt } = made;
    isStarved &&= isLocal === true;
    if (!isLocal) return attempt;
    reportStarved(attempt.error);
    await pause(localPauseMs, signal);
    return undefined;
  };
}
