// Kills `listen` at random moments and checks that the former registration is never lost: pnpm --filter
// @thingspace-callbacks/cli run proof [kills]

import { once } from "node:events";
import { isDeepStrictEqual } from "node:util";
import { createMock } from "@thingspace-callbacks/mock";
import { run } from "../src/index.ts";
import { createProcessIo } from "../src/io.ts";
import { createHome } from "../test/home.ts";
import { former, killListen, prepareFormer, readFormer, spawnListen } from "../test/listening.ts";

const kills = Number(process.argv[2] ?? 100);
const mock = await createMock({ logLevel: "silent" });
const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
const home = createHome();
let replaced = 0;
await prepareFormer(origin);
// Aimed at any moment from the start of the process until after it listens.
const longestMs = (await measureReady()) * 1.3;
for (let kill = 0; kill < kills; kill++) {
  await killListen(origin, home, Math.random() * longestMs);
  if (!isDeepStrictEqual(await readFormer(origin), former)) replaced += 1;
  const exitCode = await run(["listen", "--restore"], {
    ...createProcessIo(),
    env: { THINGSPACE_CALLBACKS_HOME: home },
    writeOutput: () => {},
  });
  const found = await readFormer(origin);
  if (exitCode !== 0 || !isDeepStrictEqual(found, former)) throw new Error(`Lost: ${JSON.stringify(found)}`);
}
console.log(
  `${kills} kills within ${Math.round(longestMs)} ms; ${replaced} while the listener was registered; the former registration was never lost.`,
);
await mock.close();

/** Resolves with the milliseconds from the start of `listen` until it listens. */
async function measureReady(): Promise<number> {
  const start = performance.now();
  const child = spawnListen(origin, home);
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  const readyMs = performance.now() - start;
  child.kill("SIGTERM");
  await exited;
  return readyMs;
}
