import { startPostgres } from "@thingspace-callbacks/test-support/postgres";
import { expect, test } from "vitest";
import { judge } from "../proof/judge.ts";
import { prove } from "../proof/prove.ts";

const size = { messages: 1_000, kills: 3 };

test.each(["SQLite, one process", "Postgres, two processes"])(
  "nothing that was acknowledged is lost, repeated without need or out of order after kill -9 (%s)",
  async (store) => {
    const postgres = store.startsWith("Postgres") ? await startPostgres() : undefined;
    try {
      const verdict = await prove({ ...size, postgresUrl: postgres?.url });
      expect(verdict).toMatchObject({ handled: 1_000, faults: [] });
    } finally {
      await postgres?.close();
    }
  },
);

test.each([
  { fault: "a lost message", log: ["begin 0 1 1", "end 0 1 1"] },
  { fault: "a message out of order", log: ["begin 0 2 1", "end 0 2 1", "begin 0 1 1", "end 0 1 1"] },
  { fault: "two at the same time", log: ["begin 0 1 1", "begin 0 2 1", "end 0 1 1", "end 0 2 1"] },
  {
    fault: "a message that was handled twice though its process lived",
    log: ["begin 0 1 1", "end 0 1 1", "begin 0 1 1", "end 0 1 1", "begin 0 2 1", "end 0 2 1"],
  },
])("the judge of the proof finds $fault", ({ log }) => {
  expect(judge(log.join("\n"), { killed: new Set([2]), messages: 2 }).faults).toHaveLength(
    1 + Number(log[0] === "begin 0 2 1"),
  );
});
