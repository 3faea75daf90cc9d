import type { Invocation } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import type { Delivery, FoundDeliveries } from "./deliveries.ts";

/** Prints the outcome of deliveries. @returns the exit code, which is 0 only if every one is known to be delivered */
export function printDeliveries(
  { output }: Invocation<unknown>,
  { deliveries, missing }: FoundDeliveries,
  { upgradeId, isComplete = true }: { upgradeId?: string; isComplete?: boolean },
): ExitCode {
  const areDelivered = deliveries.every(({ status }) => status === "delivered");
  const ok = isComplete && areDelivered && missing.length === 0;
  output.data({ ok, ...(upgradeId !== undefined && { upgradeId }), deliveries, missing });
  const color = { delivered: "green", failed: "red", pending: "yellow" } as const;
  for (const delivery of deliveries) {
    const { id, type, status, attempts } = delivery;
    const answer = describeAnswer(delivery);
    const tries = attempts.length > 1 ? `, ${attempts.length} attempts` : "";
    const mark = output.paint(color[status], status.padEnd(9));
    output.line(`${String(id).padStart(5)}  ${mark}  ${(type || "(no type)").padEnd(16)}  ${answer}${tries}`);
  }
  if (missing.length > 0) output.line(output.paint("red", describeMissing(missing)));
  const [waiting] = deliveries.filter(
    ({ status, attempts }) => status !== "delivered" && attempts.length > 0,
  );
  if (waiting) output.line(describeUndelivered(waiting));
  return ok ? exitCodes.ok : exitCodes.failed;
}

/** Returns what the listener has responded, or why nothing was sent yet. */
function describeAnswer({ attempts, waitsBehind }: Delivery): string {
  const last = attempts.at(-1);
  if (last) return `${last.status ?? last.error}, ${Math.round(last.durationMs)} ms`;
  if (!waitsBehind) return "not sent yet";
  const { id, api, nextAttemptAt } = waitsBehind;
  return `not sent yet: waits behind delivery ${id} of ${api}, whose next attempt is at ${nextAttemptAt}`;
}

const describeUndelivered = ({ url, account }: Delivery) =>
  `${url} did not take it. To see why, run: thingspace-callbacks doctor --account ${account}`;

/** More ids would hide the sentence. */
const maxNamed = 10;

function describeMissing(missing: number[]): string {
  const more = missing.length > maxNamed ? ` and ${missing.length - maxNamed} more` : "";
  const named = missing.slice(0, maxNamed).join(", ");
  return `The mock does not keep these deliveries any more, so their responses are unknown: ${named}${more}.`;
}
