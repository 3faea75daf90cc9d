// One way of calling beside bare fetch: `caller.ts <origin> <index of the caller> <rounds> [built checkout]`. Prints JSON.
import { type Contestant, compareWithPeers } from "@thingspace-callbacks/bench";
import { type Caller, createCallers } from "./callers.ts";
import type { Figure, Speed } from "./speed.ts";

const [origin = "", index, rounds, against] = process.argv.slice(2);

const callsPerRound = 40;
const warmUpRounds = 100;

const { fetch, others } = await createCallers(origin, against || undefined);
const caller = others[Number(index)];
if (!caller) throw new Error(`There is no caller ${index}`);
const speeds: Speed[] = [];
for (const call of ["list", "register"] as const) {
  const options = { rounds: Number(rounds), warmUpRounds };
  const pairings = await compareWithPeers(contestantOf(caller, call), [contestantOf(fetch, call)], options);
  speeds.push({ call, pairings });
}
// The clients keep their connections open.
process.stdout.write(JSON.stringify(speeds), () => process.exit(0));

function contestantOf(caller: Caller, call: Speed["call"]): Contestant<Figure> {
  return {
    name: caller.name,
    measure: async () => {
      const begin = performance.now();
      const before = process.cpuUsage();
      for (let done = 0; done < callsPerRound; done += 1) await caller[call]();
      const { user, system } = process.cpuUsage(before);
      return {
        microseconds: ((performance.now() - begin) * 1000) / callsPerRound,
        // The time of this process is steadier than wall-clock time on a busy machine.
        cpuMicroseconds: (user + system) / callsPerRound,
      };
    },
  };
}
