import type { Operation } from "./operation.ts";

/**
 * Replaces each `{parameter}` of a path.
 *
 * @example
 * fillPath("/callbacks/{account}", (name) => `:${name}`) // "/callbacks/:account"
 */
export function fillPath(path: string, getValue: (name: string) => string): string {
  return path.split("/").map(replaceSegment).join("/");

  function replaceSegment(segment: string): string {
    const name = getParameterName(segment);
    return name === undefined ? segment : getValue(name);
  }
}

/**
 * Returns the path of an operation for values of its parameters, percent-encoded.
 *
 * @throws when a value is missing
 */
export function buildPath({ operationId, path }: Operation, values: Record<string, string>): string {
  return fillPath(path, (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`${operationId}: the path parameter ${name} is missing`);
    return encodeURIComponent(value);
  });
}

/** Returns true if the path of a URL, still percent-encoded, matches this template. A parameter can be empty. */
export function matchesPath(template: string, pathname: string): boolean {
  const expected = template.split("/");
  const actual = pathname.split("/");
  return (
    expected.length === actual.length &&
    expected.every((segment, index) => getParameterName(segment) !== undefined || segment === actual[index])
  );
}

/** Returns the names of a path's parameters, in order. */
export function listPathParameters(path: string): string[] {
  return path.split("/").flatMap((segment) => getParameterName(segment) ?? []);
}

function getParameterName(segment: string): string | undefined {
  return segment.startsWith("{") && segment.endsWith("}") ? segment.slice(1, -1) : undefined;
}
