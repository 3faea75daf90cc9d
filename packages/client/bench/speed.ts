import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type Pairing, spawnNode, spreadOf, stop } from "@thingspace-callbacks/bench";
import { countCallers } from "./callers.ts";

export type Figure = "microseconds" | "cpuMicroseconds";

/** The cost of one kind of call in each way of making it, beside bare fetch. */
export interface Speed {
  call: "list" | "register";
  pairings: Pairing<Figure>[];
}

/** Node.js compiles the same code in another way in each process, which makes up to a tenth of a call. */
const processes = 5;

/** Measures each way of calling beside bare fetch, in several processes of its own, on a server in another one. */
export async function measureSpeed(
  rounds: number,
  against: string | undefined,
  report: (progress: string) => void,
): Promise<Speed[]> {
  const server = spawnNode("load", [pathOf("server.ts")], ["ignore", "pipe", "inherit"]);
  const [origin] = await once(server.stdout as NodeJS.ReadableStream, "data");
  const measured: Speed[] = [];
  for (let index = 0; index < countCallers(against); index += 1) {
    for (let count = 1; count <= processes; count += 1) {
      report(`Caller ${index + 1} of ${countCallers(against)}, process ${count} of ${processes}`);
      const argv = [pathOf("caller.ts"), String(origin).trim(), String(index), String(rounds), against ?? ""];
      const child = spawnNode("server", argv, ["ignore", "pipe", "inherit"]);
      measured.push(...(JSON.parse(await text(child.stdout as NodeJS.ReadableStream)) as Speed[]));
    }
  }
  await stop(server);
  return (["list", "register"] as const).map((call) => {
    const pairings = measured.filter((speed) => speed.call === call).flatMap((speed) => speed.pairings);
    const subjects = new Set(pairings.map(({ subject }) => subject));
    return { call, pairings: [...subjects].map((name) => merge(pairings.filter((p) => p.subject === name))) };
  });
}

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The medians of several processes: of a caller beside the same peer. */
function merge(pairings: Pairing<Figure>[]): Pairing<Figure> {
  const [{ subject, peer }] = pairings as [Pairing<Figure>];
  const middle = (name: Figure) => {
    const figures = pairings.map((pairing) => pairing.figures[name]);
    return {
      subject: spreadOf(figures.map((figure) => figure.subject)).median,
      peer: spreadOf(figures.map((figure) => figure.peer)).median,
      ratio: spreadOf(figures.map(({ ratio }) => ratio.median)),
    };
  };
  return {
    subject,
    peer,
    figures: { microseconds: middle("microseconds"), cpuMicroseconds: middle("cpuMicroseconds") },
  };
}
