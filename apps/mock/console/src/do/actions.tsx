import type { ComponentType } from "preact";
import { linkTo, route } from "../state/route.ts";
import { MoveClock } from "./clock.tsx";
import { ControlForm } from "./control-form.tsx";
import { PlayUpgrade, Redeliver, SendEvent } from "./messages.tsx";
import { Register } from "./register.tsx";
import { Reset, Snapshots } from "./state.tsx";

const AddFault = () => (
  <ControlForm operationId="addFault" submit="Add" initial={{ direction: "in", status: "503", times: "1" }} />
);

const actions: { name: string; title: string; Form: ComponentType }[] = [
  { name: "register", title: "Register a callback", Form: Register },
  { name: "sendEvent", title: "Send a message", Form: SendEvent },
  { name: "playUpgrade", title: "Play an upgrade", Form: PlayUpgrade },
  { name: "redeliver", title: "Send again", Form: Redeliver },
  { name: "addFault", title: "Add a fault", Form: AddFault },
  { name: "setClock", title: "Move the clock", Form: MoveClock },
  { name: "snapshots", title: "Save and restore", Form: Snapshots },
  { name: "reset", title: "Reset", Form: Reset },
];

/** What can be done in the space, one form at a time. */
export function Actions() {
  const { part, values } = route.value;
  const chosen = actions.find(({ name }) => name === part) ?? actions[0];
  if (!chosen) return null;
  const { name, title, Form } = chosen;
  return (
    <section aria-label="Actions" class="actions">
      <nav aria-label="Actions">
        {actions.map((action) => (
          <a
            key={action.name}
            href={linkTo("do", action.name)}
            {...(action.name === name && { "aria-current": "page" as const })}
          >
            {action.title}
          </a>
        ))}
      </nav>
      <div class="page">
        <h2>{title}</h2>
        <Form key={name + JSON.stringify(values)} />
      </div>
    </section>
  );
}
