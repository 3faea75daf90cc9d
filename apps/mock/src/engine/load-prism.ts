import { apis, type Operation } from "@thingspace-callbacks/contract";
import { createUndocumentedRefusal } from "../operations/refusal.ts";
import { OptionError } from "../options.ts";
import type { Prism } from "./prism.ts";

const peer = "@stoplight/prism-http";
const remedy = `needs Prism, which is not installed. Add it with: npm install ${peer}@5`;

/**
 * Checks that Prism, an optional peer of the published package, is there for the engine `prism`.
 *
 * @throws {OptionError} when it is missing; the message says how to add it.
 */
export function demandPrism(): void {
  if (!isInstalled()) throw new OptionError("engine", `prism ${remedy}`);
}

/**
 * Checks that Prism is there for a request that prefers a dynamic response.
 *
 * @throws {Refusal} 501 when it is missing; the message says how to add it.
 */
export function demandPrismFor(operation: Operation): void {
  if (!isInstalled()) throw createUndocumentedRefusal(501, `Prefer: dynamic=true ${remedy}`, { operation });
}

/** Loads Prism, which takes a third of a second and 60 MB. */
export async function loadPrism(): Promise<Prism> {
  const { createPrism } = await import("./prism.ts");
  return createPrism(apis.map(({ name }) => name));
}

function isInstalled(): boolean {
  try {
    import.meta.resolve(peer);
    return true;
  } catch {
    return false;
  }
}
