import { setTimeout as delay } from "node:timers/promises";
import type { Control } from "../control/control.ts";
import type { components } from "../generated/control.ts";

/** A delivery of the mock. */
export type Delivery = components["schemas"]["Delivery"];

const maxPage = 1000;
const pauseMs = 50;

/** Resolves with these deliveries as soon as none is pending, or when the time is over. */
export async function waitForDeliveries(
  control: Control,
  ids: number[],
  waitMs: number,
): Promise<Delivery[]> {
  const end = performance.now() + waitMs;
  for (;;) {
    const deliveries = await readDeliveries(control, ids);
    const isPending = deliveries.some(({ status }) => status === "pending");
    if (!isPending || performance.now() >= end) return deliveries;
    await delay(pauseMs);
  }
}

async function readDeliveries(control: Control, ids: number[]): Promise<Delivery[]> {
  const wanted = new Set(ids);
  const found: Delivery[] = [];
  let cursor: number | undefined;
  do {
    const page = await control({
      operationId: "listDeliveries",
      query: {
        after: String(Math.min(...ids) - 1),
        limit: String(maxPage),
        ...(cursor !== undefined && { cursor: String(cursor) }),
      },
    });
    found.push(...page.deliveries.filter(({ id }) => wanted.has(id)));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found.sort((a, b) => a.id - b.id);
}
