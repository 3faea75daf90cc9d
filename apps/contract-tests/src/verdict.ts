import { createMock } from "@thingspace-callbacks/mock";
import { type Call, requestOf } from "./call.ts";
import { createJudge } from "./judge.ts";
import { registrationFor } from "./provoke.ts";
import { readResponse } from "./read-response.ts";
import { ContractError, expectDocumented, reportOf } from "./report.ts";

export type Verdict = "takes" | "refuses";

const names = { stateful: "the stateful engine", examples: "the prism engine", prism: "Prism itself" };

/** Both engines of the mock, and Prism itself in front of the first: three readings of the same documents. */
export async function createEngines() {
  const [stateful, examples] = await Promise.all([createMock(), createMock({ engine: "prism" })]);
  const prism = await createJudge(stateful.fetch);

  /** The verdict of each on a call. Every response has been compared with the document. */
  const verdictsOf = async (call: Call) => {
    const registration = registrationFor(call);
    if (registration) await stateful.fetch(requestOf(registration));
    const { response, violations } = await prism(requestOf(call));
    const received = await readResponse(response);
    const other = await readResponse(await examples.fetch(requestOf(call)));
    await expectDocumented(call, received);
    await expectDocumented(call, other);
    return {
      stateful: received.status < 300 ? "takes" : "refuses",
      examples: other.status < 300 ? "takes" : "refuses",
      prism: violations.every(({ side }) => side === "response") ? "takes" : "refuses",
    } satisfies Record<string, Verdict>;
  };

  return {
    verdictsOf,
    /** @throws {ContractError} when one of them decides otherwise. */
    expectVerdict: async (call: Call, expected: Verdict, why: string) => {
      const verdicts = Object.entries(await verdictsOf(call));
      const differences = verdicts
        .filter(([, verdict]) => verdict !== expected)
        .map(([engine, actual]) => ({
          at: names[engine as keyof typeof names],
          documented: `${expected} it`,
          actual: `${actual} it`,
        }));
      if (differences.length > 0)
        throw new ContractError(await reportOf(call, { title: `with ${why}`, differences }));
    },
    close: () => Promise.all([stateful.close(), examples.close()]),
  };
}
