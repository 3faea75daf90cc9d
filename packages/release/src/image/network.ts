import { run } from "../command.ts";

/** Two network namespaces with a cable between them, as two containers of one network have. */
export interface Network {
  mock: { namespace: string; address: string };
  partner: { namespace: string; address: string };
  remove(): Promise<void>;
}

/** Makes the network. Needs root and `ip`. */
export async function createNetwork(): Promise<Network> {
  const id = process.pid % 100_000;
  const mock = { namespace: `tsc-mock-${id}`, address: "10.89.71.1" };
  const partner = { namespace: `tsc-partner-${id}`, address: "10.89.71.2" };
  const ends = { mock: `tscm${id}`, partner: `tscp${id}` };
  const ip = (...args: string[]) => run("ip", args, { cwd: "/" });
  const remove = async () => {
    for (const { namespace } of [mock, partner]) await ip("netns", "del", namespace).catch(() => {});
  };
  try {
    for (const { namespace } of [mock, partner]) await ip("netns", "add", namespace);
    await ip("link", "add", ends.mock, "type", "veth", "peer", "name", ends.partner);
    for (const [end, { namespace, address }] of [
      [ends.mock, mock],
      [ends.partner, partner],
    ] as const) {
      await ip("link", "set", end, "netns", namespace);
      await ip("-n", namespace, "addr", "add", `${address}/24`, "dev", end);
      await ip("-n", namespace, "link", "set", end, "up");
      await ip("-n", namespace, "link", "set", "lo", "up");
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { mock, partner, remove };
}
