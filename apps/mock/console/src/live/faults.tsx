import { callControl } from "../api/call.ts";
import { controlCommand } from "../copy/control.ts";
import { Empty } from "../parts/empty.tsx";
import { useAction } from "../parts/use-action.ts";
import { linkTo } from "../state/route.ts";
import { faults } from "../state/store.ts";
import { describeFault } from "./describe-fault.ts";

/** The active faults, in the order in which they are tried. */
export function Faults() {
  const clear = useAction(() => callControl("clearFaults"));
  const all = faults.value;
  return (
    <section aria-label="Faults">
      {all.length === 0 ? (
        <Empty commands={[controlCommand("addFault")]}>
          No fault is active: the mock responds as documented. This makes the next registrations in V2 fail:
        </Empty>
      ) : (
        <ul class="cards">
          {all.map((fault, index) => {
            const { matches, effect, often } = describeFault(fault);
            return (
              <li key={`${index} ${JSON.stringify(fault)}`}>
                <p>
                  <strong>{effect}</strong> <span class="hint">{often}</span>
                </p>
                <p>{matches}</p>
              </li>
            );
          })}
        </ul>
      )}
      <p class="buttons">
        <a class="button" href={linkTo("do", "addFault")}>
          Add a fault
        </a>
        {all.length > 0 && (
          <button type="button" onClick={clear.run} disabled={clear.isRunning}>
            Remove all faults
          </button>
        )}
      </p>
      <p role="status" class="error">
        {clear.error}
      </p>
    </section>
  );
}
