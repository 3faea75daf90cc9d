import { startPostgres } from "@thingspace-callbacks/test-support/postgres";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { createInbox } from "../src/inbox.ts";
import { createCallbackListener } from "../src/index.ts";
import { createPostgresInboxStore } from "../src/postgres.ts";
import { node } from "./adapters.ts";
import { credentials, messageOf, post } from "./listeners.ts";

test("while Postgres is down the sender is refused, and afterwards everything that was accepted is handled once", async () => {
  const postgres = await startPostgres();
  const pool = new pg.Pool({ connectionString: postgres.url });
  pool.on("error", () => {});
  const handled: unknown[] = [];
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const inbox = createInbox({
    api: "v1",
    store: createPostgresInboxStore({ pool }),
    handlers: {
      other: async ({ n }) => {
        await gate;
        handled.push(n);
      },
    },
    pollMs: 20,
    onError: () => {},
  });
  onTestFinished(async () => {
    await inbox.stop();
    await pool.end();
    await postgres.close();
  });
  const listener = createCallbackListener({
    api: "v1",
    verify: credentials,
    on: { other: inbox.accept },
    onError: () => {},
  });
  const send = async (n: number) => (await node.send(listener, post(messageOf({ n })))).status;
  expect(await send(1)).toBe(204);
  inbox.start();
  await expect.poll(() => inbox.count()).toMatchObject({ active: 1 });
  await postgres.stop("SIGQUIT");
  expect(await send(2)).toBe(500);
  // The handler ends while its outcome cannot be recorded.
  letGo();
  await expect.poll(() => handled).toEqual([1]);
  await postgres.start();
  expect(await send(2)).toBe(204);
  await expect.poll(() => inbox.count()).toEqual({ waiting: 0, active: 0, handled: 2, dead: 0 });
  expect(handled).toEqual([1, 2]);
});
