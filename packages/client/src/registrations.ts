import type { CallOptions } from "./call/call-options.ts";
import { type Operations, service } from "./generated/operations.ts";
import { unwrap } from "./result/unwrap.ts";
import { type Check, check, text } from "./validate.ts";

/** The generations of the registration API. */
export type Generation = "v1" | "v2" | "legacy";

/** A registered callback, as one generation shows it. */
export interface Registration {
  api: Generation;
  /** As the service lists it, or as it was asked for. */
  account: string;
  /** V2 has none. */
  service: string | undefined;
  url: string;
}

/**
 * What to move. V1 and legacy are one registration under two descriptions, so it is always to or from V2. V1 and legacy
 * send `username` and `password` in every message; V2 has none, and a password cannot be read back.
 */
export type Move =
  | { account: string; from: "v1" | "legacy"; to: "v2"; username?: undefined; password?: undefined }
  | {
      account: string;
      from: "v2";
      to: "v1" | "legacy";
      username?: string | undefined;
      password?: string | undefined;
    };

/** What a move did, in order. */
export interface MoveStep {
  /**
   * `find` looks for the registrations of both generations, `register` makes the new one, `remove` removes the old one,
   * `check` looks whether it is gone when that failed, `undo` removes the new one.
   */
  step: "find" | "register" | "remove" | "check" | "undo";
  api: Generation;
  ok: boolean;
  /** Why it is not ok, in words. */
  reason?: string;
  /** What was thrown, when it is not ok. */
  error?: unknown;
}

/** What a move came to. */
export interface MoveReport {
  /** Whether the registration is now in `to` and not in `from`. */
  ok: boolean;
  steps: MoveStep[];
}

/** One view over the three generations. */
export interface Registrations {
  /**
   * Every registration of an account. What is registered in V1 or legacy appears twice: it is one registration, which
   * both show.
   *
   * @throws {ThingSpaceApiError} when one generation refuses: half a list would look like a whole one.
   * @example
   * for (const { api, url } of await thingspace.registrations.list("0242078689-00001")) console.log(api, url);
   */
  list(account: string, options?: CallOptions): Promise<Registration[]>;
  /**
   * Registers a URL in another generation, then removes it from the first. If it cannot be removed there, the new one is
   * removed again. An account with another URL registered in `to` is left as it is. Failures are in the report, not
   * thrown. The options are those of each call; an abort lets the next steps fail, so that both may stay.
   *
   * @throws {TypeError} for a wrong argument, and for generations that cannot be moved between.
   * @example
   * const { ok, steps } = await thingspace.registrations.move({ account: "0242078689-00001", from: "v1", to: "v2" });
   * if (!ok) console.error(steps);
   */
  move(move: Move, options?: CallOptions): Promise<MoveReport>;
}

const moveChecks = {
  account: text,
  from: text,
  to: text,
  username: text,
  password: text,
} satisfies Record<keyof Move, Check>;

/** The view over the operations of one client. */
export function createRegistrations({ v1, v2, legacy }: Operations): Registrations {
  // The three generations, each in its own words.
  const generations = {
    v1: {
      list: v1.listRegisteredCallbacks,
      register: (account: string, body: Body, options?: CallOptions) =>
        v1.registerCallback(account, { name: service, ...body }, options),
      remove: (account: string, options?: CallOptions) => v1.deregisterCallback(account, service, options),
    },
    v2: {
      list: v2.listRegisteredCallbacks,
      register: v2.registerCallback,
      remove: v2.deregisterCallback,
    },
    legacy: {
      list: legacy.getCallbacksUsingGet,
      register: (account: string, body: Body, options?: CallOptions) =>
        legacy.registerCallbackUsingPost(account, { name: service, ...body }, options),
      remove: (account: string, options?: CallOptions) =>
        legacy.deregisterCallbackUsingDelete(account, service, options),
    },
  };
  const find = async (api: Generation, account: string, options?: CallOptions): Promise<Registration[]> => {
    const listed: Listed[] = [unwrap(await generations[api].list(account, options))].flat();
    return listed.flatMap(({ aname, name, url }) =>
      url ? [{ api, account: aname ?? account, service: name, url }] : [],
    );
  };

  return {
    list: async (account, options) =>
      (await Promise.all((["v1", "v2", "legacy"] as const).map((api) => find(api, account, options)))).flat(),

    move: async (move, options) => {
      check("move", move, moveChecks);
      const { account, from, to, ...login } = move;
      if (!account || !/^(legacy|v1),v2$/.test([from, to].sort().join())) {
        throw new TypeError(
          'move must have an account, and from and to: "v2" and one of "v1" and "legacy", which share one registration.',
        );
      }
      const report: MoveReport = { ok: false, steps: [] };
      const run = async <T>(step: MoveStep["step"], api: Generation, action: () => Promise<T>) => {
        try {
          const value = await action();
          report.steps.push({ step, api, ok: true });
          return value;
        } catch (error) {
          const reason = `${(error as Error | undefined)?.message ?? error}`;
          report.steps.push({ step, api, ok: false, reason, error });
          return undefined;
        }
      };
      const here = (api: Generation) => find(api, account, options);
      const remove = async (api: Generation) => unwrap(await generations[api].remove(account, options));

      const old = await run("find", from, async () => {
        const [found] = await here(from);
        if (found) return found;
        throw new Error(`Nothing is registered for ${account}.`);
      });
      if (!old) return report;
      const { url } = old;
      const isNew = await run("find", to, async () => {
        const [found] = await here(to);
        if (found && found.url !== url) throw new Error(`${found.url} is registered there; remove it first.`);
        return !found;
      });
      if (isNew === undefined) return report;

      const made =
        !isNew ||
        (await run("register", to, async () =>
          unwrap(await generations[to].register(account, { ...login, url } as Body, options)),
        ));
      if (made && !(await run("remove", from, () => remove(from)))) {
        const left = await run("check", from, () => here(from));
        // Not knowing whether the old one is there, the new one stays: better two than none.
        if (!left) return report;
        report.ok = !left.length;
      } else {
        report.ok = Boolean(made);
      }
      if (!report.ok && isNew) {
        // The answer may have been lost on the way: what counts is what is there.
        await run("undo", to, async () => {
          if ((await here(to)).length) await remove(to);
        });
      }
      return report;
    },
  };
}

interface Listed {
  aname?: string;
  name?: string;
  url?: string;
}

interface Body {
  url: string;
  username?: string;
  password?: string;
}
