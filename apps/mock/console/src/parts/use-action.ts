import { useState } from "preact/hooks";

/** An action of a button: what became of it. */
export interface Action<Result> {
  run(): Promise<void>;
  isRunning: boolean;
  result: Result | undefined;
  error: string | undefined;
}

/** Runs an action when it is asked to, and keeps its result or the sentence of its error. */
export function useAction<Result>(act: () => Promise<Result>): Action<Result> {
  const [state, setState] = useState<Omit<Action<Result>, "run">>({
    isRunning: false,
    result: undefined,
    error: undefined,
  });
  const run = async () => {
    setState({ isRunning: true, result: undefined, error: undefined });
    try {
      setState({ isRunning: false, result: await act(), error: undefined });
    } catch (error) {
      setState({ isRunning: false, result: undefined, error: describeError(error) });
    }
  };
  return { ...state, run };
}

function describeError(error: unknown): string {
  // The browser reports every failed connection by this error, in words of its own.
  if (error instanceof TypeError) return "The mock did not respond. Is it still running?";
  return error instanceof Error ? error.message : String(error);
}
