/** The result of reading the log of the handlers. */
export interface Verdict {
  handled: number;
  /** Messages whose handler ran to its end more than once, because the process was killed before the store knew. */
  endedTwice: number;
  /** Messages whose handler was called again. */
  begunAgain: number;
  /** Each is a fault. */
  faults: string[];
}

/** The state of one upgrade while its lines are read. */
interface Upgrade {
  /** The message that was begun last. */
  last: number;
  /** The process that began it. */
  instance: number;
  ended: Map<number, number>;
}

/**
 * Reads the log line by line, in the order in which the handlers wrote it.
 *
 * @param killed numbers of the processes that were killed: only what they had begun may be begun again.
 */
export function judge(log: string, { killed, messages }: { killed: Set<number>; messages: number }): Verdict {
  const upgrades = new Map<string, Upgrade>();
  const faults: string[] = [];
  let begunAgain = 0;
  for (const line of log.trimEnd().split("\n")) {
    const [what, name = "", number, by] = line.split(" ");
    const [n, instance] = [Number(number), Number(by)];
    const upgrade = upgrades.get(name) ?? { last: 0, instance: 0, ended: new Map() };
    upgrades.set(name, upgrade);
    if (what === "end") {
      upgrade.ended.set(n, (upgrade.ended.get(n) ?? 0) + 1);
    } else if (n === upgrade.last) {
      begunAgain += 1;
      if (!killed.has(upgrade.instance)) faults.push(`begun again, and nobody was killed: ${line}`);
    } else if (n !== upgrade.last + 1) {
      faults.push(`out of order, after ${upgrade.last}: ${line}`);
    } else if (n > 1 && !upgrade.ended.has(upgrade.last)) {
      faults.push(`begun before the one before it has ended: ${line}`);
    }
    if (what === "begin") Object.assign(upgrade, { last: n, instance });
  }
  const counts = [...upgrades.values()].flatMap(({ ended }) => [...ended.values()]);
  if (counts.length !== messages)
    faults.push(`${messages - counts.length} messages were acknowledged and lost`);
  return {
    handled: counts.length,
    endedTwice: counts.filter((count) => count > 1).length,
    begunAgain,
    faults,
  };
}
