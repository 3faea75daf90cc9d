/**
 * Thrown when an option or an argument is unknown or has a wrong value, before anything is sent. Its message never
 * contains the value.
 */
export class OptionError extends TypeError {
  override readonly name = "OptionError";
  readonly code: "UNKNOWN_OPTION" | "INVALID_OPTION" | "INVALID_ARGUMENT";
  /** Name of the option or argument, such as `timeoutMs`, `credentials.password` or `account`. */
  readonly option: string;

  constructor(code: OptionError["code"], option: string, message: string) {
    super(message);
    this.code = code;
    this.option = option;
  }
}

/** Returns the error for an option that must be something else. */
export const createInvalidOption = (option: string, expected: string) =>
  new OptionError("INVALID_OPTION", option, `${option} must be ${expected}.`);

/** Returns the error for an argument of an operation that must be something else. */
export const createInvalidArgument = (operation: string, name: string, expected: string) =>
  new OptionError("INVALID_ARGUMENT", name, `${operation}: ${name} must be ${expected}.`);
