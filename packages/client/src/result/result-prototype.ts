import { isSecretName } from "../call/secret-name.ts";
import type { Outcome } from "./outcome.ts";

/** The key by which Node.js and Deno find how an object prints itself. */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/** Gives results a short form for `console.log`: no `Response`, no body text and no secret. */
export const resultPrototype = {
  [inspect](
    this: Outcome,
    _depth: number,
    options: object,
    print: (value: unknown, options: object) => string,
  ) {
    const { ok, status, call, data, code, message } = this;
    const facts = { ok, status, operation: call.operation };
    return print(ok ? { ...facts, data: hideSecrets(data) } : { ...facts, code, message }, options);
  },
};

/** Returns a copy of documented data, at most a list of objects, with `[redacted]` for tokens and passwords. */
function hideSecrets(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(hideSecrets);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, isSecretName(name) ? "[redacted]" : value]),
  );
}
