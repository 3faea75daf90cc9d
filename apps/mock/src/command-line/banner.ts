import { apis, buildExampleRequest, generations, getByRole, type Role } from "@thingspace-callbacks/contract";
import { consolePath } from "../http/console.ts";
import type { MockOptions } from "../options.ts";

/** Formats what a started mock prints: where it listens, what it serves, and two commands to paste. */
export function formatBanner(
  listensOn: string,
  { control = true, publicUrl: origin = listensOn }: MockOptions = {},
): string {
  const served = apis.filter(({ name }) => control || name !== "control");
  const pages = [
    ...(control ? [{ path: consolePath, title: "Console: watch and control the mock in a browser" }] : []),
    { path: "/docs/", title: "Guides and reference" },
  ];
  const width = Math.max(...apis.map(({ base }) => base.length), ...pages.map(({ path }) => path.length));
  return [
    `ThingSpace Callbacks mock (unofficial) listens on ${listensOn}`,
    "",
    ...served.map(({ base, title }) => `  ${origin}${base.padEnd(width)}  ${title}`),
    ...pages.map(({ path, title }) => `  ${origin}${path.padEnd(width)}  ${title}`),
    "",
    "Try it:",
    `  ${formatCurl(origin, "register")}`,
    `  ${formatCurl(origin, "list")}`,
    "",
    "Ctrl-C stops it.",
  ].join("\n");
}

/** Formats a curl command for an operation of the first generation, with the document's example values. */
function formatCurl(origin: string, role: Role): string {
  const [generation] = generations;
  if (!generation) throw new Error("No document describes a generation of the callback API");
  const { method, path, headers, body } = buildExampleRequest(getByRole(generation, role));
  return [
    "curl",
    ...(method === "GET" ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H "${name}: ${value}"`),
    ...(body === undefined ? [] : [`-d '${body}'`]),
    origin + generation.base + path,
  ].join(" ");
}
