import type { Control, ControlData } from "../control/control.ts";
import type { components } from "../generated/control.ts";

/** A delivery of the mock. */
export type Delivery = components["schemas"]["Delivery"];

/** What the mock tells about the deliveries that it accepted. */
export interface FoundDeliveries {
  deliveries: Delivery[];
  /** Those that the mock does not keep any more, so that nobody can say whether they were acknowledged. */
  missing: number[];
}

const maxPage = 1000;

/** A delivery that fails, or is forgotten, does not end a wait for those that are delivered. So each wait is short. */
const longestWaitMs = 250;

/**
 * Resolves with these deliveries as soon as none is pending, or when the time is over. They belong to one account, whose
 * messages the mock sends in order, so that the last one is the last one that ends.
 *
 * @param ids of the deliveries, in the order in which the mock accepted them
 */
export async function waitForDeliveries(
  control: Control,
  ids: number[],
  waitMs: number,
): Promise<FoundDeliveries> {
  const [first] = ids;
  const last = ids.at(-1);
  if (first === undefined || last === undefined) return { deliveries: [], missing: [] };
  await waitForOne(control, last, waitMs);
  return readDeliveries(control, { ids, first, last });
}

/** Waits until a delivery has ended, or is forgotten. */
async function waitForOne(control: Control, id: number, waitMs: number): Promise<void> {
  const end = performance.now() + waitMs;
  for (;;) {
    const page = await control({
      operationId: "listDeliveries",
      query: { ...createRange(id, id), limit: "1" },
    });
    const leftMs = Math.ceil(end - performance.now());
    if (page.deliveries[0]?.status !== "pending" || leftMs <= 0) return;
    await control({
      operationId: "listDeliveries",
      query: {
        after: String(id - 1),
        status: "delivered",
        wait: `${Math.min(leftMs, longestWaitMs)}ms`,
        limit: "1",
      },
    });
  }
}

async function readDeliveries(
  control: Control,
  { ids, first, last }: { ids: number[]; first: number; last: number },
): Promise<FoundDeliveries> {
  const missing = new Set(ids);
  const deliveries: Delivery[] = [];
  let newest: number | undefined = last;
  while (newest !== undefined) {
    const page: ControlData<"listDeliveries"> = await control({
      operationId: "listDeliveries",
      query: { ...createRange(first, newest), limit: String(maxPage) },
    });
    deliveries.push(...page.deliveries.filter(({ id }) => missing.delete(id)));
    newest = page.nextCursor === undefined ? undefined : page.nextCursor - 1;
  }
  return { deliveries: deliveries.reverse(), missing: [...missing] };
}

/** Returns the query for the deliveries from one to another, both included. */
const createRange = (first: number, last: number) => ({
  after: String(first - 1),
  cursor: String(last + 1),
});
