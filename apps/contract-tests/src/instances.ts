import { createMock, type Mock, type MockOptions } from "@thingspace-callbacks/mock";
import { startBalancer } from "@thingspace-callbacks/test-support";
import { startPostgres } from "@thingspace-callbacks/test-support/postgres";

/** Instances of the mock that share a state and look like one. */
export interface Instances {
  /** The instance that has the state. */
  active: Mock;
  /** The address for clients: of several instances, that of a balancer, which sends requests to each in turn. */
  origin: string;
  close(): Promise<void>;
}

/** Starts one instance, which has its state in memory. */
export async function startInstance(options: MockOptions): Promise<Instances> {
  const active = await createMock(options);
  const origin = await active.listen({ host: "127.0.0.1", port: 0 });
  return { active, origin, close: () => active.close() };
}

/** Starts two instances on a database of their own, behind a balancer. */
export async function startInstances(options: MockOptions): Promise<Instances> {
  const postgres = await startPostgres();
  const start = async () => {
    const mock = await createMock({ ...options, store: postgres.url });
    return { mock, origin: await mock.listen({ host: "127.0.0.1", port: 0 }) };
  };
  const active = await start();
  const standby = await start();
  // The one that stands by must know where the active one is.
  while (!(await fetch(`${standby.origin}/readyz`)).ok)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const balancer = await startBalancer([active.origin, standby.origin]);
  return {
    active: active.mock,
    origin: balancer.origin,
    close: async () => {
      await balancer.close();
      await standby.mock.close();
      await active.mock.close();
      await postgres.close();
    },
  };
}
