import { untilAborted } from "./until-aborted.ts";

/**
 * Waits this many milliseconds. Leaves neither timer nor listener behind.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function delay(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs);
  });
  try {
    await untilAborted(passed, signal);
  } finally {
    clearTimeout(timer);
  }
}
