import type { CallOptions } from "../call/call-options.ts";
import { createInvalidOption } from "../call/option-error.ts";
import type { Operations } from "../generated/operations.ts";
import { type Generation, generations } from "../generated/registrations.ts";
import { unwrap } from "../result/unwrap.ts";
import { type Check, text, validateMembers } from "../validate.ts";
import { findRegistrations, type Registration } from "./find.ts";
import type { RegistrationBody } from "./generation.ts";

/**
 * A move of a registration: from one generation to another that does not share its registration. `username` and
 * `password` belong to the new registration, in generations whose messages have them; the service does not tell those of
 * an earlier registration.
 */
export type Move = {
  [From in Generation]: { [To in Generation]: MoveBetween<From, To> }[Generation];
}[Generation];

type MoveBetween<From extends Generation, To extends Generation> =
  SharesRegistration<From, To> extends true ? never : { account: string; from: From; to: To } & Login<To>;

type SharesRegistration<From extends Generation, To extends Generation> =
  RegistrationOf<From> extends RegistrationOf<To> ? true : false;

type RegistrationOf<Name extends Generation> = (typeof generations)[Name]["registration"];

type Login<To extends Generation> = (typeof generations)[To]["takesLogin"] extends true
  ? { username?: string | undefined; password?: string | undefined }
  : { username?: undefined; password?: undefined };

/** A step of a move. */
export interface MoveStep {
  /**
   * `find` looks for the registrations of both generations, `register` makes the new one, `remove` removes the old one,
   * `check` looks whether the old one is gone when removing it failed, `undo` removes the new one.
   */
  step: "find" | "register" | "remove" | "check" | "undo";
  api: Generation;
  ok: boolean;
  /** Why the step failed, in words. */
  reason?: string;
  /** The error of a step that failed. */
  error?: unknown;
}

/** The result of a move. */
export interface MoveReport {
  /** True if the registration is now in `to` and not in `from`. */
  ok: boolean;
  /** The steps that were taken, in order. */
  steps: MoveStep[];
}

/** Thrown inside a step, and reported as its `error`, when what is registered does not allow the move. */
export interface MoveProblem extends Error {
  code: "NOTHING_REGISTERED" | "OTHER_URL_REGISTERED";
}

type StepResult<T> = { ok: true; value: T } | { ok: false };

/**
 * Moves a registration. Every request may fail, also after it has taken effect, so the report tells what is registered
 * afterwards and not which requests succeeded. Two registrations are better than none: the old one is removed last, and
 * the new one stays if it is unknown whether the old one is gone.
 *
 * @throws {OptionError} for a wrong argument.
 */
export async function moveRegistration(
  operations: Operations,
  move: Move,
  options: CallOptions | undefined,
): Promise<MoveReport> {
  validateMove(move);
  const { account, from, to, ...login } = move;
  const steps: MoveStep[] = [];
  return { ok: await carryOut(), steps };

  async function carryOut(): Promise<boolean> {
    const old = await findOld();
    if (!old.ok) return false;
    const { url } = old.value;

    const existing = await findExisting(url);
    if (!existing.ok) return false;
    const isNew = existing.value === "none";

    const isRegistered = !isNew || (await registerNew(url)).ok;
    const removal = isRegistered ? await removeOld() : "left";
    if (removal === "left" && isNew) await undoRegister();
    return removal === "removed";
  }

  function findOld(): Promise<StepResult<Registration>> {
    return runStep("find", from, async () => {
      const [found] = await find(from);
      if (found) return found;
      throw createProblem("NOTHING_REGISTERED", `Nothing is registered for ${account}.`);
    });
  }

  /** Finds whether the URL is registered in `to` already, as after a move that was interrupted. */
  function findExisting(url: string): Promise<StepResult<"same" | "none">> {
    return runStep("find", to, async () => {
      const [found] = await find(to);
      if (!found) return "none";
      if (found.url === url) return "same";
      throw createProblem("OTHER_URL_REGISTERED", `${found.url} is registered there; remove it first.`);
    });
  }

  function registerNew(url: string): Promise<StepResult<unknown>> {
    // JSON leaves out members that are undefined.
    const body = { url, ...login } as RegistrationBody;
    return runStep("register", to, async () =>
      unwrap(await generations[to].register(operations, account, body, options)),
    );
  }

  /** Removes the old registration. If that fails, checks whether it is gone: the response may have been lost. */
  async function removeOld(): Promise<"removed" | "left" | "unknown"> {
    const removed = await runStep("remove", from, () => remove(from));
    if (removed.ok) return "removed";
    const checked = await runStep("check", from, () => find(from));
    if (!checked.ok) return "unknown";
    return checked.value.length === 0 ? "removed" : "left";
  }

  /** Removes the new registration, if it is there: registering may have failed before or after it took effect. */
  async function undoRegister(): Promise<void> {
    await runStep("undo", to, async () => {
      const found = await find(to);
      if (found.length > 0) await remove(to);
    });
  }

  /** Runs a step and adds it to the report. */
  async function runStep<T>(
    step: MoveStep["step"],
    api: Generation,
    run: () => Promise<T>,
  ): Promise<StepResult<T>> {
    try {
      const value = await run();
      steps.push({ step, api, ok: true });
      return { ok: true, value };
    } catch (error) {
      const reason = (error as Error | undefined)?.message ?? String(error);
      steps.push({ step, api, ok: false, reason, error });
      return { ok: false };
    }
  }

  function find(api: Generation): Promise<Registration[]> {
    return findRegistrations(operations, api, account, options);
  }

  async function remove(api: Generation): Promise<unknown> {
    return unwrap(await generations[api].deregister(operations, account, options));
  }
}

const moveChecks = {
  account: text,
  from: text,
  to: text,
  username: text,
  password: text,
} satisfies Record<keyof Move, Check>;

function validateMove(move: Move): void {
  validateMembers("move", move, moveChecks);
  if (!move.account) throw createInvalidOption("move.account", text.expected);
  const from = findRegistrationName(move.from);
  const to = findRegistrationName(move.to);
  if (from && to && from !== to) return;
  const names = Object.keys(generations).join(", ");
  throw createInvalidOption("move", `between two of ${names} that do not share a registration`);
}

function findRegistrationName(api: string): string | undefined {
  return Object.hasOwn(generations, api) ? generations[api as Generation].registration : undefined;
}

const createProblem = (code: MoveProblem["code"], message: string): MoveProblem =>
  Object.assign(new Error(message), { code });
