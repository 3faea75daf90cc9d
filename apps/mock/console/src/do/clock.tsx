import { type ControlId, callControl } from "../api/call.ts";
import { useAction } from "../parts/use-action.ts";
import { clock } from "../state/store.ts";
import { ControlForm } from "./control-form.tsx";

const minute = 60_000;
const steps = [
  { label: "1 minute", advanceMs: minute },
  { label: "15 minutes", advanceMs: 15 * minute },
  { label: "1 hour", advanceMs: 60 * minute },
  { label: "1 day", advanceMs: 24 * 60 * minute },
];

/** Moves, freezes and resets the clock. */
export function MoveClock() {
  const isFrozen = clock.value?.frozen ?? false;
  return (
    <>
      <p>
        The mock's clock shows {clock.value?.now ?? "nothing yet"}
        {isFrozen && " and is frozen"}.
      </p>
      <div class="buttons">
        {steps.map(({ label, advanceMs }) => (
          <ClockButton
            key={label}
            label={`Advance by ${label}`}
            operationId="advanceClock"
            body={{ advanceMs }}
          />
        ))}
        <ClockButton
          label={isFrozen ? "Let it run" : "Freeze"}
          operationId="setClock"
          body={{ frozen: !isFrozen }}
        />
        <ClockButton label="Back to the real time" operationId="resetClock" />
      </div>
      <h3>Another time</h3>
      <ControlForm operationId="setClock" submit="Set" initial={{ now: "" }} />
      <h3>Another step</h3>
      <ControlForm operationId="advanceClock" submit="Advance" />
    </>
  );
}

function ClockButton({ label, operationId, body }: { label: string; operationId: ControlId; body?: object }) {
  const action = useAction(() => callControl(operationId, body ? { body } : {}));
  return (
    <>
      <button type="button" onClick={action.run} disabled={action.isRunning}>
        {label}
      </button>
      {action.error && (
        <span role="alert" class="error">
          {action.error}
        </span>
      )}
    </>
  );
}
