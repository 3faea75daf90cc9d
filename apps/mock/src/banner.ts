import {
  apis,
  buildPath,
  formatCredentials,
  generations,
  getByRole,
  getExampleParameters,
  getSuccess,
} from "@thingspace-callbacks/contract";
import type { MockOptions } from "./mock-options.ts";

/** What `start` ends in: where the mock listens, what it serves, and a line to paste. */
export function banner(
  listensOn: string,
  { control = true, publicUrl: origin = listensOn }: MockOptions = {},
): string {
  const served = apis.filter(({ name }) => control || name !== "control");
  const width = Math.max(...apis.map(({ base }) => base.length));
  return [
    `ThingSpace Callbacks mock (unofficial) listens on ${listensOn}`,
    "",
    ...served.map(({ base, title }) => `  ${origin}${base.padEnd(width)}  ${title}`),
    `  ${origin}${"/docs/".padEnd(width)}  Guides and reference`,
    "",
    "Try it:",
    `  ${curl(origin)}`,
    "",
    "Ctrl-C stops it.",
  ].join("\n");
}

/** A curl line that lists what is registered in the first generation, with the document's example values. */
function curl(origin: string): string {
  const [generation] = generations;
  if (!generation) throw new Error("There is no generation of the callback API");
  const list = getByRole(generation, "list");
  const headers = list.security.map((scheme) => `${scheme.header}: ${formatCredentials(scheme, "any")}`);
  // The documented example, because a mock that has just started remembers nothing.
  const [example] = Object.keys(getSuccess(list).response.body?.examples ?? {});
  headers.push(`Prefer: example=${example}`);
  const url = origin + generation.base + buildPath(list, getExampleParameters(list));
  return `curl ${headers.map((header) => `-H "${header}"`).join(" ")} ${url}`;
}
