import { clientPages } from "./client-pages.ts";
import { listenerPages } from "./listener-pages.ts";

/** The pages about the packages, in the order of the sidebar. */
export const apiPages = [
  { label: "Client", pages: clientPages },
  { label: "Listener", pages: listenerPages },
];
