import { apis, matchesPath, type Operation } from "@thingspace-callbacks/contract";

/** An operation of one API, at the path where the mock serves it. */
export interface Route {
  /** Name of the API: `v1`, `v2`, ... */
  api: string;
  operation: Operation;
  /** Base path of the API, such as `/api/fota/v1`. */
  base: string;
  /** Base path and path of the operation, with `{parameters}`. */
  path: string;
}

/** Every operation of the documents. */
export const routes: Route[] = apis.flatMap(({ name, base, operations }) =>
  operations.map((operation) => ({ api: name, operation, base, path: base + operation.path })),
);

/** The routes whose path matches, whatever their method. */
export function findRoutesAt(pathname: string, served: Route[]): Route[] {
  return served.filter(({ path }) => matchesPath(path, pathname));
}

/**
 * The routes to tell somebody about who asked for a path that does not exist: those of the API with the longest base
 * path above it, and of any API that is served below that base. All of them when no base is above the path.
 */
export function isNotEmulated(pathname: string): boolean {
  return apis.some(({ base, notEmulated }) =>
    notEmulated.some((path) => `${pathname}/`.startsWith(`${base}${path}/`)),
  );
}

export function findRoutesNear(pathname: string, served: Route[]): Route[] {
  const above = served.filter(({ base }) => `${pathname}/`.startsWith(`${base}/`));
  const longest = above.map(({ base }) => base).sort((a, b) => b.length - a.length)[0] ?? "";
  return served.filter(({ base }) => `${base}/`.startsWith(`${longest}/`));
}

/** The path of a request's URL, still percent-encoded. */
export function readPathname(url: string): string {
  // Clients that are told to use the mock as a proxy send the whole URL.
  return url.replace(/^https?:\/\/[^/]*/i, "").split("?", 1)[0] || "/";
}
