import { type Spread, spreadOf } from "./spread.ts";

/** Something that can be measured for one short round. */
export interface Contestant<Figure extends string> {
  name: string;
  /** Measures one round, a fraction of a second long, and resolves with its figures, such as requests per second. */
  measure(): Promise<Record<Figure, number>>;
}

/** The result of a subject and one peer that took turns. */
export interface Pairing<Figure extends string> {
  subject: string;
  peer: string;
  /** By figure: both medians, and the subject's value divided by the peer's value of the same round. */
  figures: Record<Figure, { subject: number; peer: number; ratio: Spread }>;
}

export interface CompareOptions {
  /** Number of rounds; each measures the subject beside every peer. */
  rounds: number;
  /**
   * Number of rounds before the first that counts, in which Node.js compiles what is called often.
   * @default 1
   */
  warmUpRounds?: number;
  /** Is told what is being measured. */
  report?: (progress: string) => void;
}

/**
 * Measures a subject beside each of its peers. Within a round the subject and a peer are measured directly one after the
 * other, and who is first alternates, so that whatever slows the machine down slows both.
 *
 * @example
 * const [pairing] = await compareWithPeers(client, [bareFetch], { rounds: 100 });
 * console.log(formatRatio(pairing.figures.microseconds.ratio));
 */
export async function compareWithPeers<Figure extends string>(
  subject: Contestant<Figure>,
  peers: Contestant<Figure>[],
  { rounds, warmUpRounds = 1, report = () => {} }: CompareOptions,
): Promise<Pairing<Figure>[]> {
  const pairs = peers.map((peer) => ({ peer, rounds: [] as RoundOf<Figure>[] }));
  for (const contestant of [subject, ...peers]) {
    report(`Warming up: ${contestant.name}`);
    for (let round = 0; round < warmUpRounds; round += 1) await contestant.measure();
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const pair of pairs) {
      report(`Round ${round + 1} of ${rounds}: ${subject.name} beside ${pair.peer.name}`);
      const subjectIsFirst = round % 2 === 0;
      const first = await (subjectIsFirst ? subject : pair.peer).measure();
      const second = await (subjectIsFirst ? pair.peer : subject).measure();
      pair.rounds.push(subjectIsFirst ? { subject: first, peer: second } : { subject: second, peer: first });
    }
  }
  return pairs.map(({ peer, rounds }) => ({
    subject: subject.name,
    peer: peer.name,
    figures: summarize(rounds),
  }));
}

interface RoundOf<Figure extends string> {
  subject: Record<Figure, number>;
  peer: Record<Figure, number>;
}

function summarize<Figure extends string>(rounds: RoundOf<Figure>[]): Pairing<Figure>["figures"] {
  const names = Object.keys(rounds[0]?.subject ?? {}) as Figure[];
  const entries = names.map((name) => {
    const figure = {
      subject: spreadOf(rounds.map(({ subject }) => subject[name])).median,
      peer: spreadOf(rounds.map(({ peer }) => peer[name])).median,
      ratio: spreadOf(rounds.map(({ subject, peer }) => subject[name] / peer[name])),
    };
    return [name, figure] as const;
  });
  return Object.fromEntries(entries) as Pairing<Figure>["figures"];
}
