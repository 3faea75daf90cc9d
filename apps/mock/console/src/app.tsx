import { Actions } from "./do/actions.tsx";
import { Header } from "./header.tsx";
import { Deliveries } from "./live/deliveries.tsx";
import { Faults } from "./live/faults.tsx";
import { Registrations } from "./live/registrations.tsx";
import { Requests } from "./live/requests.tsx";
import { linkTo, route, type View, views } from "./state/route.ts";
import { isLoaded } from "./state/store.ts";
import { TokenDialog } from "./token-dialog.tsx";
import { Why } from "./why/why.tsx";

const pages: Record<View, () => preact.JSX.Element | null> = {
  requests: Requests,
  deliveries: Deliveries,
  registrations: Registrations,
  faults: Faults,
  why: Why,
  do: Actions,
};

/** The whole console. */
export function App() {
  const { view } = route.value;
  const Page = pages[view];
  return (
    <>
      <Header />
      <nav class="views" aria-label="Views">
        {views.map(({ name, title }) => (
          <a key={name} href={linkTo(name)} {...(name === view && { "aria-current": "page" as const })}>
            {title}
          </a>
        ))}
      </nav>
      <main>{isLoaded.value ? <Page key={view} /> : <p class="hint">Reading the state of the mock.</p>}</main>
      <TokenDialog />
    </>
  );
}
