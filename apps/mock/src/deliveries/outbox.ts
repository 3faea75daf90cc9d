import { getGeneration } from "@thingspace-callbacks/contract";
import { type Journal, keepBody } from "../journal/journal.ts";
import type { Send } from "./attempt.ts";
import { createSender } from "./sender.ts";
import { createTargetGuard } from "./target/guard.ts";

/** The way out for messages: guarded, and written into the journal. */
export interface Outbox {
  /** Returns the function that sends messages and writes them into a journal. */
  sendInto(journal: Journal): Send;
  /** True if messages go only to public addresses and to those allowed by name. */
  restrict(restricted: boolean): void;
  close(): Promise<void>;
}

export interface OutboxOptions {
  allowTargets: string[];
  /** How long a listener may take to respond, in milliseconds. */
  timeoutMs: number;
}

export function createOutbox({ allowTargets, timeoutMs }: OutboxOptions): Outbox {
  const createGuardedSender = (allowAll: boolean) =>
    createSender({ guard: createTargetGuard({ allowAll, allowTargets }), timeoutMs });
  // Without a port nobody but this process can reach the mock, as on loopback.
  let sender = createGuardedSender(true);
  const senders = [sender];
  return {
    sendInto:
      (journal) =>
      async ({ id, api, account, url }, body, signal) => {
        const at = Date.now();
        const { method, body: documented } = getGeneration(api).message;
        const { mediaType } = documented;
        const attempt = await sender({ url, method, mediaType, body }, signal);
        // Nothing went out.
        if (attempt.isLocal) return attempt;
        const { status, durationMs } = attempt;
        journal.add({
          at,
          direction: "out",
          api,
          account,
          delivery: id,
          method: method.toUpperCase(),
          url,
          headers: { "content-type": mediaType },
          body: keepBody(body, { mediaType }),
          ...(status !== undefined && { status }),
          durationMs,
        });
        return attempt;
      },
    restrict: (restricted) => {
      // With connections of its own: what was allowed before may be refused now.
      sender = createGuardedSender(!restricted);
      senders.push(sender);
    },
    close: async () => {
      await Promise.all(senders.map(({ close }) => close()));
    },
  };
}
