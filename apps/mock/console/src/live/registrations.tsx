import { registerCommand } from "../copy/control.ts";
import { facts } from "../facts.ts";
import { Empty } from "../parts/empty.tsx";
import { linkTo } from "../state/route.ts";
import { registrations } from "../state/store.ts";

/** The registered URLs, per account and registration. */
export function Registrations() {
  const all = registrations.value;
  if (all.length === 0) {
    return (
      <section aria-label="Registrations">
        <Empty commands={facts.generations.map((generation) => registerCommand(generation))}>
          No callback is registered. Register the URL of your listener, with the command of your generation:
        </Empty>
      </section>
    );
  }
  return (
    <section aria-label="Registrations">
      <p class="buttons">
        <a class="button" href={linkTo("do", "register")}>
          Register a callback
        </a>
      </p>
      <ul class="cards">
        {all.map(({ api, account, url }) => (
          <li key={`${api} ${account}`}>
            <p>
              <strong>{account}</strong> <span class="hint">for {listGenerations(api)}</span>
            </p>
            <p class="url">{url}</p>
            <p class="links">
              <a href={linkTo("do", "sendEvent", { api, account })}>Send a message</a>
              <a href={linkTo("do", "playUpgrade", { api, account })}>Play an upgrade</a>
              <a href={linkTo("why", "", { account })}>Why did nothing arrive?</a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Names the generations that share a registration. */
export function listGenerations(registration: string): string {
  return facts.generations
    .filter((generation) => generation.registration === registration)
    .map(({ name }) => name)
    .join(" and ");
}
