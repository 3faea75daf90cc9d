import { createUnreachable } from "../service/unreachable.ts";
import type { Settings } from "../settings/settings.ts";
import type { Finding } from "./finding.ts";

const timeoutMs = 10_000;

/** Tokens expire by the clock of the service; a request takes a moment. */
const maxSkewMs = 60_000;

/** Checks that the service responds, and that the clock of this machine is that of the service. No credentials are sent. */
export async function checkService({ environment, origin }: Settings): Promise<Finding[]> {
  const start = performance.now();
  try {
    const response = await fetch(origin, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const durationMs = Math.round(performance.now() - start);
    const message = `${origin} (${environment}) responds in ${durationMs} ms.`;
    return [{ check: "service", outcome: "ok", message }, checkClock(response.headers.get("date"))];
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } };
    const { message, remedy, exitCode } = createUnreachable({ environment, origin }, cause?.code ?? name);
    return [{ check: "service", outcome: "failed", message, remedy, exitCode }];
  }
}

/** Compares the clock of this machine with the Date header of a response, which has whole seconds. */
export function checkClock(date: string | null, now = Date.now()): Finding {
  const skewMs = now - Date.parse(date ?? "");
  if (Number.isNaN(skewMs)) {
    return { check: "clock", outcome: "skipped", message: "The response of the service has no time." };
  }
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) <= maxSkewMs) {
    return {
      check: "clock",
      outcome: "ok",
      message: `The clock differs by ${seconds} s from that of the service.`,
    };
  }
  return {
    check: "clock",
    outcome: "warning",
    message: `The clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} that of the service.`,
    remedy: "Set the clock: tokens are renewed too early or too late.",
  };
}
