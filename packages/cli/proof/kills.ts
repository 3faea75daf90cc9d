// Kills `listen` at random moments and checks that the former registration is never lost: pnpm --filter
// @thingspace-callbacks/cli run proof [kills]

import { isDeepStrictEqual } from "node:util";
import { createMock } from "@thingspace-callbacks/mock";
import { run } from "../src/index.ts";
import { createProcessIo } from "../src/io.ts";
import { createHome } from "../test/home.ts";
import { former, killListen, prepareFormer, readFormer } from "../test/listening.ts";

const kills = Number(process.argv[2] ?? 100);
const longestMs = 900;
const mock = await createMock({ logLevel: "silent" });
const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
const home = createHome();
let replaced = 0;
await prepareFormer(origin);
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
  `${kills} kills; ${replaced} while the listener was registered; the former registration was never lost.`,
);
await mock.close();
