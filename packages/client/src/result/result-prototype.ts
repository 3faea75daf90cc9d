import { redactMembers } from "../call/redact.ts";
import type { Outcome } from "./result.ts";

/** The symbol under which Node.js and Deno look for an object's own way to print itself. */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/** The prototype of results. It prints a short form for `console.log`: no response, no body text and no secret. */
export const resultPrototype = {
  [inspect](
    this: Outcome,
    _depth: number,
    options: object,
    print: (value: unknown, options: object) => string,
  ) {
    const { ok, status, call, data, code, message } = this;
    const facts = { ok, status, operation: call.operation };
    return print(ok ? { ...facts, data: redactData(data) } : { ...facts, code, message }, options);
  },
};

/** Returns a copy of documented data, which is an object or a list of objects, without tokens and passwords. */
function redactData(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(redactData);
  if (typeof data !== "object" || data === null) return data;
  return redactMembers(Object.entries(data));
}
