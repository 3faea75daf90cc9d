import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, type Verdict } from "./judge.ts";
import { startReceivers } from "./receivers.ts";
import { sendAll } from "./sender.ts";

export interface ProofOptions {
  messages: number;
  kills: number;
  /** Address of Postgres, which two processes share. Without it one process has a SQLite file. */
  postgresUrl?: string | undefined;
}

const upgrades = 20;

/** Sends messages while the processes that receive them are killed, and says what became of them. */
export async function prove({ messages, kills, postgresUrl }: ProofOptions): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "thingspace-proof-"));
  const log = join(folder, "log");
  const count = postgresUrl === undefined ? 1 : 2;
  const place = postgresUrl ?? join(folder, "inbox.sqlite");
  const receivers = await startReceivers({ count, log, place });
  try {
    let replacing = Promise.resolve();
    let killed = 0;
    await sendAll({
      messages,
      upgrades,
      origins: receivers.origins,
      onAcknowledged: (acknowledged) => {
        if (killed >= kills || acknowledged < ((killed + 0.5) * messages) / kills) return;
        const index = killed % count;
        killed += 1;
        // Not always at the same place of the work on a message.
        const pause = Math.random() * 20;
        replacing = replacing
          .then(() => new Promise((resolve) => setTimeout(resolve, pause)))
          .then(() => receivers.replace(index));
      },
    });
    await replacing;
    return await waitForVerdict(() =>
      judge(readFileSync(log, "utf8"), { killed: receivers.killed, messages }),
    );
  } finally {
    await receivers.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const maxWaitMs = 30_000;

/** Waits until every message has been handled, as long as ever more are. */
async function waitForVerdict(read: () => Verdict): Promise<Verdict> {
  let verdict = read();
  for (let changedAt = Date.now(); verdict.faults.length > 0 && Date.now() - changedAt < maxWaitMs; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const next = read();
    if (next.handled !== verdict.handled) changedAt = Date.now();
    verdict = next;
  }
  return verdict;
}
