import type { Engine } from "../engine/engine.ts";

/** Returns an engine whose answers wait until what they say is committed, so that nothing acknowledged can be lost. */
export function withCommit(engine: Engine): Engine {
  return (route) => {
    const answer = engine(route);
    return async (request) => {
      const [made] = await Promise.allSettled([Promise.resolve().then(() => answer(request))]);
      // A refusal says something about the state, too.
      await request.space.settle?.();
      if (made.status === "rejected") throw made.reason;
      return made.value;
    };
  };
}
