import { signal } from "@preact/signals";
import { facts } from "../facts.ts";

export const spaceHeader = "X-Mock-Space";
export const defaultSpace = "default";

/** The space that the console shows. */
export const space = signal(defaultSpace);

/** The control token. It is kept in memory only, so that it is gone when the page is closed. */
export const token = signal<string | undefined>(undefined);

/** Why the console asks for the token, if it does. */
export const tokenProblem = signal<string | undefined>(undefined);

/** Returns the headers that choose the space. */
export function spaceHeaders(): Record<string, string> {
  return space.value === defaultSpace ? {} : { [spaceHeader]: space.value };
}

/** Returns the headers of a control request. */
export function controlHeaders(): Record<string, string> {
  return { ...spaceHeaders(), ...(token.value !== undefined && { [facts.tokenHeader]: token.value }) };
}
