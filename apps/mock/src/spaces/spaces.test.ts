import pLimit from "p-limit";
import { expect, test } from "vitest";
import { createOutbox } from "../deliveries/outbox.ts";
import { createLocalStores } from "./local-stores.ts";
import { createSpaces } from "./spaces.ts";

const day = 24 * 60 * 60 * 1000;

test("A space that nobody has used for a day is dropped, unless somebody follows it", async () => {
  const spaces = createSpaces(createLocalStores(undefined), {
    outbox: createOutbox({ allowTargets: [], timeoutMs: 1_000 }),
    profile: { timeoutMs: 1_000, pauses: [] },
    limit: pLimit(1),
    keepDeliveries: 1,
    configured: { applications: [], users: [] },
    onError: () => {},
    onAttempt: () => {},
  });
  spaces.get("unused");
  const stream = spaces.get("followed").stream.open(undefined);
  const names = () => spaces.list().map(({ space }) => space.name);
  spaces.dropUnused(Date.now() + day - 60_000);
  expect(names()).toEqual(["default", "unused", "followed"]);
  spaces.dropUnused(Date.now() + day);
  expect(names()).toEqual(["default", "followed"]);
  stream.destroy();
  await spaces.close();
});
