import { apis } from "../generated/apis.ts";
import { ignoreErrors } from "../ignore-errors.ts";
import { getAccount, getKnownType } from "../message-facts.ts";
import { withTimeout } from "../timeout.ts";
import type { InboxEvent } from "./event.ts";
import type { InboxFailure } from "./failure.ts";
import { growPause, type InboxSettings } from "./settings.ts";
import type { Lease, Outcome, StoredMessage } from "./store.ts";

/** One attempt to handle a message that was taken from the store. */
export interface Attempt {
  lease: Lease;
  /**
   * Calls the handler and settles the outcome.
   *
   * @returns the pause until the next attempt, if there is one.
   */
  run(): Promise<number | undefined>;
  /** Aborts the handler's signal, and lets another process have the message at once. */
  giveBack(): void;
}

/** An attempt that failed, and why. */
interface Failed {
  code: InboxFailure["code"];
  error: unknown;
}

/** The length of an error in a list of messages, in characters. */
const maxErrorLength = 500;

export function createAttempt(stored: StoredMessage, settings: InboxSettings): Attempt {
  const { api, store, handlers, maxAttempts, handlerTimeoutMs, pollMs, onEvent, onError } = settings;
  const { id, key, attempts, receivedAt } = stored;
  const lease = { id, attempts };
  const startedAt = Date.now();
  // Created when it is needed: it costs more than the rest of an attempt.
  let aborter: AbortController | undefined;
  const getAborter = () => {
    aborter ??= new AbortController();
    return aborter;
  };
  let isGivenBack = false;
  let giveUp: (failed: Failed) => void = () => {};
  const givenBack = new Promise<Failed>((resolve) => {
    giveUp = resolve;
  });

  return { lease, run, giveBack };

  async function run(): Promise<number | undefined> {
    const message: unknown = JSON.parse(stored.body);
    const type = getHandlerType(message);
    const failed = await Promise.race([handle(message, type), givenBack]);
    const outcome = decide(failed);
    const isSettled = await settle(outcome);
    if (failed && !isGivenBack) {
      ignoreErrors(() =>
        onError(failed.error, { code: failed.code, id, attempts, isLast: outcome.state === "dead" }),
      );
    }
    ignoreErrors(() => onEvent(describe(isSettled ? outcome.state : "lost", message, type)));
    return outcome.state === "retry" ? outcome.pauseMs : undefined;
  }

  function giveBack(): void {
    isGivenBack = true;
    getAborter().abort(new Error("The inbox has stopped."));
    giveUp({
      code: "HANDLER_TIMEOUT",
      error: new Error("The inbox stopped before the handler had finished."),
    });
  }

  function getHandlerType(message: unknown): string {
    // The check also removes documented members that are null.
    const isDocumented = apis[api].check(message) === undefined;
    return isDocumented ? getKnownType(api, message) : "other";
  }

  async function handle(message: unknown, type: string): Promise<Failed | undefined> {
    const handler = handlers.get(type) ?? handlers.get("other");
    if (!handler)
      return { code: "NO_HANDLER", error: new Error(`There is no handler for the type ${type}.`) };
    if (attempts > maxAttempts) {
      const error = new Error(`The process ended within each of ${maxAttempts} attempts.`);
      return { code: "TOO_MANY_CRASHES", error };
    }
    const delivery = {
      id,
      key,
      attempt: attempts,
      receivedAt: new Date(receivedAt),
      get signal() {
        return getAborter().signal;
      },
    };
    let timeout: Error | undefined;
    try {
      const work = (async () => handler(message, delivery))();
      await withTimeout(work, handlerTimeoutMs, () => {
        timeout = new Error(`The handler took longer than handlerTimeoutMs, ${handlerTimeoutMs} ms.`);
        return timeout;
      });
      return undefined;
    } catch (error) {
      if (!timeout || error !== timeout) return { code: "HANDLER_FAILED", error };
      getAborter().abort(error);
      return { code: "HANDLER_TIMEOUT", error };
    }
  }

  function decide(failed: Failed | undefined): Outcome {
    if (!failed) return { state: "handled" };
    const error = describeError(failed.error);
    if (isGivenBack) return { state: "released", error };
    const isLast = attempts >= maxAttempts || failed.code === "NO_HANDLER";
    if (isLast) return { state: "dead", error };
    return { state: "retry", pauseMs: getPause(), error };
  }

  /** Returns the pause that the user chose, or the usual one if that cannot be a pause. */
  function getPause(): number {
    try {
      const pauseMs: unknown = settings.retryPauseMs(attempts);
      if (typeof pauseMs === "number" && pauseMs >= 0 && pauseMs <= Number.MAX_SAFE_INTEGER) return pauseMs;
      throw new TypeError(`retryPauseMs must return milliseconds, not ${String(pauseMs)}.`);
    } catch (error) {
      ignoreErrors(() => onError(error, { code: "RETRY_PAUSE_FAILED", id, attempts }));
      return growPause(attempts);
    }
  }

  /** Tries until the store has recorded the outcome: a message that was handled must not be handled again. */
  async function settle(outcome: Outcome): Promise<boolean> {
    for (;;) {
      try {
        return await store.settle(lease, outcome);
      } catch (error) {
        ignoreErrors(() => onError(error, { code: "STORE_FAILED", id, attempts }));
        if (isGivenBack) return false;
        await Promise.race([new Promise((resolve) => setTimeout(resolve, pollMs)), givenBack]);
      }
    }
  }

  function describe(event: InboxEvent["event"], message: unknown, type: string): InboxEvent {
    const now = Date.now();
    const durationMs = now - startedAt;
    return {
      event,
      api,
      type,
      account: getAccount(api, message),
      attempts,
      durationMs,
      ageMs: now - receivedAt,
    };
  }
}

/** Returns a text that every database takes: without NUL, and without half of a character of two units. */
function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return Array.from(text.slice(0, maxErrorLength), (character) =>
    /[\0\p{Surrogate}]/u.test(character) ? "�" : character,
  ).join("");
}
