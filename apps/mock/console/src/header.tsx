import { useEffect, useState } from "preact/hooks";
import { defaultSpace, space } from "./api/session.ts";
import { facts } from "./facts.ts";
import { linkTo } from "./state/route.ts";
import { clock, clockReadAt, connection, spaces } from "./state/store.ts";

const states = {
  connecting: "Connecting",
  live: "Live",
  lost: "Connection lost, trying again",
};

/** The connection, the clock and the space. */
export function Header() {
  return (
    <header>
      <h1>
        ThingSpace mock <span class="hint">console</span>
      </h1>
      <p role="status" class={`connection ${connection.value}`}>
        {states[connection.value]}
      </p>
      <ClockDisplay />
      <SpaceSwitcher />
    </header>
  );
}

function ClockDisplay() {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const value = clock.value;
  if (!value) return null;
  const passed = value.frozen ? 0 : Math.max(0, now - clockReadAt.value);
  const shown = new Date(Date.parse(value.now) + passed).toISOString().replace("T", " ").slice(0, 19);
  const remark = value.frozen
    ? "frozen"
    : value.aheadMs > 0
      ? "ahead"
      : value.aheadMs < 0
        ? "behind"
        : undefined;
  return (
    <a class="clock" href={linkTo("do", "setClock")}>
      <span class="only-read">Clock of the mock: </span>
      {shown} UTC{remark && <span class="remark"> {remark}</span>}
    </a>
  );
}

function SpaceSwitcher() {
  const [isNaming, setNaming] = useState(false);
  const names = [...new Set([defaultSpace, ...spaces.value.map(({ name }) => name), space.value])];
  if (isNaming) {
    return (
      <form
        class="space"
        onSubmit={(event) => {
          event.preventDefault();
          const name = new FormData(event.currentTarget).get("name");
          if (name) space.value = String(name);
          setNaming(false);
        }}
      >
        <label>
          New space{" "}
          <input
            name="name"
            required
            pattern={facts.spaceName.pattern}
            title={`A name must be ${facts.spaceName.rule}.`}
            autocomplete="off"
          />
        </label>
        <button type="submit">Open</button>
      </form>
    );
  }
  return (
    <div class="space">
      <label>
        Space{" "}
        <select value={space.value} onChange={(event) => (space.value = event.currentTarget.value)}>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="quiet" onClick={() => setNaming(true)}>
        New
      </button>
    </div>
  );
}
