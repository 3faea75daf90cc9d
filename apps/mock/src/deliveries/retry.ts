import type { Status } from "./delivery.ts";
import type { Attempt } from "./sender.ts";
import type { SenderProfile } from "./sender-profile.ts";

/** The status of a delivery after an attempt, and the pause before the next one if there is one. */
export interface RetryDecision {
  status: Status;
  /** In milliseconds; 0 if the delivery is finished. */
  pauseMs: number;
}

/**
 * Decides after an attempt whether a delivery is finished or is retried, and after which pause. Every 2xx counts as
 * taken; everything else is retried as long as the sender's profile has another pause.
 */
export function decideRetry(
  attempts: readonly Pick<Attempt, "status">[],
  { pauses }: Pick<SenderProfile, "pauses">,
): RetryDecision {
  const last = attempts.at(-1) ?? {};
  if (findOutcome(last) === "taken") return { status: "delivered", pauseMs: 0 };
  const pause = pauses[attempts.length - 1];
  if (!pause) return { status: "failed", pauseMs: 0 };
  return { status: "pending", pauseMs: pause.minMs + Math.random() * (pause.maxMs - pause.minMs) };
}

/** The outcome of an attempt: the listener took the message, answered with another status, or did not answer. */
export type Outcome = "taken" | "refused" | "unanswered";

/** Returns the outcome of an attempt. */
export function findOutcome({ status }: Pick<Attempt, "status">): Outcome {
  if (status === undefined) return "unanswered";
  return status >= 200 && status < 300 ? "taken" : "refused";
}
