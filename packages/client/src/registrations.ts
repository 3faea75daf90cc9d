import type { CallOptions } from "./call-options.ts";
import { type Operations, service } from "./generated/operations.ts";
import { unwrap } from "./unwrap.ts";

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
  /** Why it is not ok. */
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
   * thrown.
   *
   * @throws {TypeError} for generations that cannot be moved between.
   * @example
   * const { ok, steps } = await thingspace.registrations.move({ account: "0242078689-00001", from: "v1", to: "v2" });
   * if (!ok) console.error(steps);
   */
  move(move: Move): Promise<MoveReport>;
}

/** The view over the operations of one client. */
export function createRegistrations({ v1, v2, legacy }: Operations): Registrations {
  // The three generations, each in its own words.
  const generations = {
    v1: {
      list: v1.listRegisteredCallbacks,
      register: (account: string, url: string, login: Login) =>
        v1.registerCallback(account, { name: service, url, ...login }),
      remove: (account: string) => v1.deregisterCallback(account, service),
    },
    v2: {
      list: v2.listRegisteredCallbacks,
      register: (account: string, url: string) => v2.registerCallback(account, { url }),
      remove: (account: string) => v2.deregisterCallback(account),
    },
    legacy: {
      list: legacy.getCallbacksUsingGet,
      register: (account: string, url: string, login: Login) =>
        legacy.registerCallbackUsingPost(account, { name: service, url, ...login }),
      remove: (account: string) => legacy.deregisterCallbackUsingDelete(account, service),
    },
  };

  const find = async (api: Generation, account: string, options?: CallOptions): Promise<Registration[]> => {
    const listed: Listed[] = [unwrap(await generations[api].list(account, options))].flat();
    return listed.flatMap(({ aname, name, url }) =>
      url ? [{ api, account: aname ?? account, service: name, url }] : [],
    );
  };
  const remove = async (api: Generation, account: string) => unwrap(await generations[api].remove(account));

  return {
    list: async (account, options) =>
      (await Promise.all((["v1", "v2", "legacy"] as const).map((api) => find(api, account, options)))).flat(),

    move: async ({ account, from, to, username, password }) => {
      if (!(from in generations && to in generations) || (from === "v2") === (to === "v2")) {
        throw new TypeError(
          `from and to must be "v2" and one of "v1" and "legacy", which share one registration.`,
        );
      }
      const steps: MoveStep[] = [];
      const run = async <T>(step: MoveStep["step"], api: Generation, action: () => Promise<T>) => {
        try {
          const value = await action();
          steps.push({ step, api, ok: true });
          return value;
        } catch (error) {
          steps.push({ step, api, ok: false, error });
          return undefined;
        }
      };
      const report = (ok: boolean): MoveReport => ({ ok, steps });

      const old = await run("find", from, async () => {
        const [found] = await find(from, account);
        if (found) return found;
        throw new Error(`Nothing is registered for ${account}.`);
      });
      if (!old) return report(false);
      const there = await run("find", to, async () => {
        const [found] = await find(to, account);
        if (found && found.url !== old.url)
          throw new Error(`${found.url} is registered there; remove it first.`);
        return { isNew: !found };
      });
      if (!there) return report(false);

      const undo = async () => {
        // The answer may have been lost on the way: what counts is what is there.
        if (there.isNew) {
          await run("undo", to, async () => {
            if ((await find(to, account)).length) await remove(to, account);
          });
        }
        return report(false);
      };
      if (there.isNew) {
        const login = {
          ...(username !== undefined && { username }),
          ...(password !== undefined && { password }),
        };
        const made = await run("register", to, async () =>
          unwrap(await generations[to].register(account, old.url, login)),
        );
        if (!made) return undo();
      }
      if (await run("remove", from, () => remove(from, account))) return report(true);
      const left = await run("check", from, () => find(from, account));
      // Not knowing whether the old one is there, the new one stays: better two than none.
      if (!left) return report(false);
      return left.length ? undo() : report(true);
    },
  };
}

interface Listed {
  aname?: string;
  name?: string;
  url?: string;
}

interface Login {
  username?: string;
  password?: string;
}
