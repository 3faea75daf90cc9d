import { useState } from "preact/hooks";
import { callControl } from "../api/call.ts";
import { controlRequest } from "../copy/control.ts";
import { CopyButtons } from "../parts/copy-buttons.tsx";
import { useAction } from "../parts/use-action.ts";
import { readSnapshots, reload, snapshots } from "../state/store.ts";
import { ControlForm } from "./control-form.tsx";

/** Resets the space. It asks first, because that cannot be undone. */
export function Reset() {
  const [isAsking, ask] = useState(false);
  const reset = useAction(async () => {
    ask(false);
    await callControl("deleteState");
    await reload();
    return "The space was reset.";
  });
  return (
    <>
      <p>
        Deletes all registrations, tokens, deliveries, faults and requests of this space, and resets its
        clock. With a seed, the mock returns to it.
      </p>
      <div class="buttons">
        {isAsking ? (
          <>
            <button type="button" class="danger" onClick={reset.run}>
              Yes, reset the space
            </button>
            <button type="button" onClick={() => ask(false)}>
              Cancel
            </button>
          </>
        ) : (
          <button type="button" class="danger" onClick={() => ask(true)} disabled={reset.isRunning}>
            Reset
          </button>
        )}
      </div>
      <p role="status" class={reset.error ? "error" : "good"}>
        {reset.error ?? reset.result}
      </p>
      <CopyButtons request={controlRequest("deleteState")} />
    </>
  );
}

/** Saves the space, and goes back to what was saved. */
export function Snapshots() {
  return (
    <>
      <ControlForm operationId="saveSnapshot" submit="Save" onDone={readSnapshots} />
      <h3>Saved snapshots</h3>
      {snapshots.value.length === 0 ? (
        <p class="hint">Nothing was saved in this space yet.</p>
      ) : (
        <ul class="snapshots">
          {snapshots.value.map(({ name, savedAt, bytes }) => (
            <li key={name}>
              <span>
                <strong>{name}</strong>, saved {savedAt}, {bytes.toLocaleString("en")} bytes
              </span>
              <SnapshotButtons name={name} />
            </li>
          ))}
        </ul>
      )}
      <p class="hint">
        A snapshot contains tokens and passwords, so that the console does not download it. The control API
        does.
      </p>
    </>
  );
}

function SnapshotButtons({ name }: { name: string }) {
  const restore = useAction(async () => {
    await callControl("restoreSnapshot", { path: { name } });
    await reload();
    return "Restored.";
  });
  const remove = useAction(async () => {
    await callControl("deleteSnapshot", { path: { name } });
    await readSnapshots();
  });
  const error = restore.error ?? remove.error;
  return (
    <>
      <span class="buttons">
        <button
          type="button"
          aria-label={`Restore ${name}`}
          onClick={restore.run}
          disabled={restore.isRunning}
        >
          Restore
        </button>
        <button type="button" aria-label={`Delete ${name}`} onClick={remove.run} disabled={remove.isRunning}>
          Delete
        </button>
      </span>
      <span role="status" class={error ? "error" : "good"}>
        {error ?? restore.result}
      </span>
    </>
  );
}
