import { useRef, useState } from "preact/hooks";

/** An action of a button: what became of it. */
export interface Action<Result> {
  run(): Promise<void>;
  /** Forgets the result, also that of a run that has not ended, because it is not that of what is shown now. */
  clear(): void;
  isRunning: boolean;
  result: Result | undefined;
  error: string | undefined;
}

/** What became of a run that has ended. */
interface Outcome<Result> {
  result?: Result;
  error?: string;
}

/** Runs an action when it is asked to, and keeps its result or the sentence of its error until it is cleared. */
export function useAction<Result>(act: () => Promise<Result>): Action<Result> {
  const [isRunning, setRunning] = useState(false);
  const [{ result, error }, setOutcome] = useState<Outcome<Result>>({});
  const latest = useRef(0);
  const clear = () => {
    latest.current += 1;
    setOutcome({});
  };
  const run = async () => {
    clear();
    const number = latest.current;
    setRunning(true);
    const outcome = await act().then(
      (result) => ({ result }),
      (error) => ({ error: describeError(error) }),
    );
    setRunning(false);
    if (number === latest.current) setOutcome(outcome);
  };
  return { run, clear, isRunning, result, error };
}

function describeError(error: unknown): string {
  // The browser reports every failed connection by this error, in words of its own.
  if (error instanceof TypeError) return "The mock did not respond. Is it still running?";
  return error instanceof Error ? error.message : String(error);
}
