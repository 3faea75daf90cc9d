import { isDeepStrictEqual } from "node:util";
import fc, { type Arbitrary } from "fast-check";
import { type Input, inputOf } from "./arbitrary.ts";
import { breaksOf } from "./breaks.ts";
import { type Call, exampleCall, operations, requestOf } from "./call.ts";
import { expectedOf } from "./expected.ts";
import { createModel } from "./model.ts";
import { readResponse } from "./read-response.ts";
import { ContractError, expectDocumented, reportOf } from "./report.ts";

/** One call of a sequence, as plain data: a sequence that fails can be kept as it is printed. */
export interface Step extends Input {
  api: string;
  operationId: string;
  /** The violation, in the words of breaks.ts. The call must be refused and change nothing. */
  broken?: string;
}

const rows = operations
  .filter(({ operation }) => operation.role)
  .map((row) => ({ ...row, breaks: breaksOf(row.operation) }));
const examples = rows.map(({ api, operation }) => String(exampleCall(api, operation).parameters["account"]));
/** Those of the documents' examples, and another: all of them in the form of every generation. */
const accounts = [...new Set(examples), examples[0]?.replaceAll("0", "9") ?? ""];

/** Sequences over a few accounts in every generation; one call of five is broken. */
export function sequences(): Arbitrary<Step[]> {
  return fc.array(fc.oneof(...rows.map(stepOf)), { minLength: 1, maxLength: 80, size: "max" });
}

function stepOf({ api, operationId, operation, breaks }: (typeof rows)[number]): Arbitrary<Step> {
  const hows = breaks.map(({ how }) => how);
  return fc
    .record({
      input: inputOf(operation),
      account: fc.constantFrom(...accounts),
      broken: fc.option(fc.constantFrom(...hows), { nil: undefined, freq: 4 }),
    })
    .map(({ input, account, broken }) => ({
      api,
      operationId,
      ...input,
      parameters: { ...input.parameters, account },
      ...(broken !== undefined && { broken }),
    }));
}

/**
 * Makes the calls one after the other, and lists everything at the end.
 *
 * @returns how many calls were made
 * @throws {ContractError} at the first response that the model does not expect
 */
export async function run(steps: Step[], fetch: (request: Request) => Promise<Response>): Promise<number> {
  const model = createModel();
  const lists = rows
    .filter(({ operation }) => operation.role === "list")
    .flatMap(({ api, operationId }) =>
      accounts.map((account): Step => ({ api, operationId, parameters: { account } })),
    );
  const all = [...steps, ...lists];
  for (const [index, step] of all.entries()) {
    const call = callOf(step);
    const received = await readResponse(await fetch(requestOf(call)));
    await expectDocumented(call, received);
    const after = `after ${index} calls`;
    if (step.broken !== undefined) {
      if (received.status < 400)
        await fail(call, "refused", `${received.status}`, `with ${step.broken}, ${after}`);
      continue;
    }
    const expected = expectedOf(call, model);
    const actual = { status: received.status, body: received.body };
    if (!isDeepStrictEqual(actual, expected)) {
      await fail(call, JSON.stringify(expected), JSON.stringify(actual), after);
    }
  }
  return all.length;
}

function callOf({ api, operationId, broken, ...input }: Step): Call {
  const row = rows.find((row) => row.api === api && row.operationId === operationId);
  if (!row) throw new Error(`There is no operation ${api} ${operationId}`);
  const call: Call = { ...exampleCall(api, row.operation), ...input };
  if (broken === undefined) return call;
  const found = row.breaks.find(({ how }) => how === broken);
  if (!found) throw new Error(`Nothing of ${operationId} can be broken by "${broken}"`);
  return found.apply(call);
}

async function fail(call: Call, documented: string, actual: string, title: string): Promise<never> {
  throw new ContractError(
    await reportOf(call, { title, differences: [{ at: "response", documented, actual }] }),
  );
}
