import { afterAll, describe, expect, test } from "vitest";
import { createTally } from "../bench/tally.ts";
import { createUsers } from "../bench/users.ts";
import { visit } from "../bench/visit.ts";
import { useInstances, useServer } from "./server.ts";

const users = await createUsers(3);
afterAll(() => users.remove());

describe.each([
  { place: "one instance", use: useServer },
  { place: "two instances behind a balancer", use: useInstances },
])("the visits of the soak, against $place", ({ use }) => {
  const server = use({ auth: "strict", config: users.config });

  test("Users who register, list, update and deregister at once get the expected responses", async () => {
    const tally = createTally();
    await Promise.all(
      users.all.map(async (user) => {
        for (let turn = 0; turn < 3; turn += 1) await visit(server.origin, user, turn, tally);
      }),
    );
    const { answers, unexpected } = tally.summary();
    expect([...unexpected.keys()]).toEqual([]);
    expect(answers).toBe(3 * 3 * 16);
  });
});
