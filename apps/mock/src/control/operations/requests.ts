import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { isEventId } from "../../events/stream.ts";
import { readWait, waitUntil } from "../../events/wait.ts";
import type { RequestFilter } from "../../journal/filter.ts";
import type { RequestPage } from "../../journal/journal.ts";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import { createBadRequest, createUndocumentedRefusal } from "../../operations/refusal.ts";

/** The query of `listRequests`: what to list, how to page, and how long to wait for it. */
type RequestQuery = RequestFilter & RequestPage & { wait?: string; atLeast: number };

/** Readers of one space's stream; each can hold a mebibyte. */
const maxReaders = 200;

/** The handlers that list and forget the requests that came in and went out. */
export const requestHandlers: Pick<HandlersOf<Control>, "listRequests" | "clearRequests" | "streamEvents"> = {
  listRequests: async ({ query, space: { journal, events }, connection }) => {
    const { wait, atLeast, ...filter } = query as unknown as RequestQuery;
    const { cursor, limit, offset, ...matching } = filter;
    const isThere = () => journal.count(matching, atLeast) >= atLeast;
    await waitUntil(isThere, { events, kind: "request", forMs: readWait(wait), connection });
    return ok(journal.list(filter));
  },
  streamEvents: ({ operation, space: { stream }, connection }) => {
    if (stream.countReaders() >= maxReaders) {
      throw createUndocumentedRefusal(503, `There are ${maxReaders} readers of the stream already.`, {
        operation,
      });
    }
    const lastSeen = connection?.lastEventId;
    if (lastSeen !== undefined && !isEventId(lastSeen)) {
      throw createBadRequest(operation, "Last-Event-ID: must be the id of an event.");
    }
    return {
      status: 200,
      headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
      body: stream.open(lastSeen),
    };
  },
  clearRequests: ({ space }) => ok({ forgotten: space.journal.clear() }),
};
