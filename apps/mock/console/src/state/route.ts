import { signal } from "@preact/signals";

/** The pages of the console, in the order of the navigation. */
export const views = [
  { name: "requests", title: "Requests" },
  { name: "deliveries", title: "Deliveries" },
  { name: "registrations", title: "Registrations" },
  { name: "faults", title: "Faults" },
  { name: "why", title: "Why did nothing arrive?" },
  { name: "do", title: "Actions" },
] as const;

export type View = (typeof views)[number]["name"];

/** The place in the console that the address names, such as `#do/sendEvent?account=1`. */
export interface Route {
  view: View;
  /** What is chosen in the view. */
  part: string;
  values: Record<string, string>;
}

function readRoute(): Route {
  const [place = "", search = ""] = location.hash.slice(1).split("?");
  const [view, part = ""] = place.split("/");
  const known = views.find(({ name }) => name === view);
  return { view: known?.name ?? "requests", part, values: Object.fromEntries(new URLSearchParams(search)) };
}

export const route = signal<Route>(readRoute());
addEventListener("hashchange", () => {
  route.value = readRoute();
});

/** Returns a link to a place in the console. */
export function linkTo(view: View, part = "", values: Record<string, string> = {}): string {
  const search = new URLSearchParams(values).toString();
  return `#${view}${part && `/${part}`}${search && `?${search}`}`;
}
