import { useEffect, useRef } from "preact/hooks";
import { token, tokenProblem } from "./api/session.ts";
import { facts } from "./facts.ts";

/** Asks for the control token, when the mock demands one. */
export function TokenDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const problem = tokenProblem.value;
  useEffect(() => {
    if (problem !== undefined && !dialog.current?.open) dialog.current?.showModal();
  }, [problem]);
  if (problem === undefined) return null;
  return (
    <dialog ref={dialog} aria-labelledby="token-title" onCancel={(event) => event.preventDefault()}>
      <h2 id="token-title">This mock needs its control token</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const value = String(new FormData(event.currentTarget).get("token") ?? "");
          dialog.current?.close();
          tokenProblem.value = undefined;
          token.value = value;
        }}
      >
        <label class="field">
          Control token
          {/* The browser is told not to keep it. */}
          <input name="token" type="password" required autocomplete="off" />
        </label>
        <p class="hint">
          It is the value of <code>--control-token</code>, and goes to the mock as{" "}
          <code>{facts.tokenHeader}</code>. The console keeps it until this page is closed.
        </p>
        <p role="alert" class="error">
          {problem}
        </p>
        <button type="submit" class="primary">
          Continue
        </button>
      </form>
    </dialog>
  );
}
