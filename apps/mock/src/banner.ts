import type { MockOptions } from "./mock-options.ts";
import { apis } from "./routes.ts";

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

/** A curl line for the first operation of the first document, with the document's example values. */
function curl(origin: string): string {
  const [api] = apis;
  const operation = api?.operations[0];
  if (!api || !operation) throw new Error("The documents have no operation");
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name) => {
    const parameter = operation.parameters.find((candidate) => candidate.name === name);
    return encodeURIComponent(String(Object.values(parameter?.examples ?? {})[0]?.value));
  });
  const headers = operation.security.map((scheme) =>
    scheme.sentAs === "header" ? `${scheme.header}: any` : "Authorization: Bearer any",
  );
  // The documented example, because a mock that has just started remembers nothing.
  headers.push(
    `Prefer: example=${Object.keys(operation.responses["200"]?.content?.["application/json"]?.examples ?? {})[0]}`,
  );
  return `curl ${headers.map((header) => `-H "${header}"`).join(" ")} ${origin}${api.base}${path}`;
}
