/** Thrown when an option is missing, unknown or has a wrong value. Its message never contains the value of a secret. */
export class OptionError extends TypeError {
  override name = "OptionError";
  readonly code: "UNKNOWN_OPTION" | "INVALID_OPTION";
  /** The option's name with those around it, such as `verify.password`. */
  readonly option: string;

  constructor(code: OptionError["code"], option: string, message: string) {
    super(message);
    this.code = code;
    this.option = option;
  }
}

/** Returns the error for an option that must be something else. */
export function createInvalid(option: string, expected: string): OptionError {
  return new OptionError("INVALID_OPTION", option, `${option} must be ${expected}.`);
}

/**
 * Checks that a value is an object that has no other members than the known ones.
 *
 * @param kind what a member is, for the error: `option`.
 */
export function validateObject(
  value: unknown,
  name: string,
  known: readonly string[],
  kind = "option",
): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw createInvalid(name, "an object");
  const unknown = Object.keys(value).find((member) => !known.includes(member));
  if (unknown !== undefined) {
    const message = `Unknown ${kind} ${JSON.stringify(unknown)}. Known: ${known.join(", ")}.`;
    throw new OptionError("UNKNOWN_OPTION", unknown, message);
  }
  return value as Record<string, unknown>;
}

export function validateFunction<F>(value: unknown, name: string): F {
  if (typeof value === "function") return value as F;
  throw createInvalid(name, "a function");
}

/** Returns false when there is no value. */
export function validateBoolean(value: unknown, name: string): boolean {
  if (value === undefined || typeof value === "boolean") return value ?? false;
  throw createInvalid(name, "true or false");
}

/** The longest delay that timers accept. */
const max = 2 ** 31 - 1;

export function validateWholeNumber(value: unknown, name: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0 && value <= max) return value;
  throw createInvalid(name, `a whole number from 1 to ${max}`);
}

/**
 * Checks an object of handlers by message type.
 *
 * @param types the documented types of the API, beside `other`.
 * @param name name of the option.
 */
export function validateHandlers(
  types: readonly string[],
  api: string,
  given: unknown,
  name: string,
): Map<unknown, unknown> {
  const known = [...types, "other"];
  const handlers = new Map<unknown, unknown>();
  for (const [type, handler] of Object.entries(
    validateObject(given, name, known, `message type of ${api}`),
  )) {
    if (handler !== undefined) handlers.set(type, validateFunction(handler, `${name}.${type}`));
  }
  if (handlers.size === 0) throw createInvalid(name, `an object with a handler for ${known.join(", ")}`);
  return handlers;
}
