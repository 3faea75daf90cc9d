import type { Api } from "../generated/facts.ts";
import { suggestTypes } from "../trigger/known-type.ts";
import {
  api,
  count,
  flag,
  type Members,
  Mistake,
  object,
  oneOf,
  positive,
  readMembers,
  readValue,
  required,
  status,
  text,
  time,
} from "./members.ts";
import type { Action, Expectation } from "./scenario.ts";

const place = { api: required(api), account: required(text) } satisfies Members;

const deliveryFilter = {
  ...{ api, account: text, type: text },
  status: oneOf("pending", "delivered", "failed"),
  attempts: count,
} satisfies Members;

const requestFilter = {
  ...{ api: text, operationId: text, account: text },
  direction: oneOf("in", "out"),
  status,
  body: object,
} satisfies Members;

const registrationFilter = { api, account: text, url: text } satisfies Members;

const expectation = {
  deliveries: object,
  requests: object,
  registrations: object,
  count,
  atLeast: count,
  atMost: count,
  within: time,
} satisfies Members;

type Path = (string | number)[];

const readObject = (members: Members) => (value: unknown, path: Path) => readMembers(value, members, path);

/** Reads the options of each kind of step. */
const kinds: Record<Action["kind"], (value: unknown, path: Path) => unknown> = {
  register: readObject({ ...place, url: text, username: text }),
  update: readObject({ ...place, url: text, username: text }),
  deregister: readObject(place),
  list: readObject(place),
  send: readSend,
  upgrade: readObject({ ...place, devices: positive, failures: count, interval: time }),
  fault: (value, path) => readValue(value, object, path),
  advance: (value, path) => readValue(value, time, path),
  wait: readExpectation,
  expect: readExpectation,
};

/** Reads a step without its name. @throws {Mistake} */
export function readAction(step: Record<string, unknown>, path: Path): Action {
  const names = Object.keys(step);
  const known = Object.keys(kinds).join(", ");
  const unknown = names.find((name) => !Object.hasOwn(kinds, name));
  if (unknown !== undefined) {
    throw new Mistake([...path, unknown], `Unknown step "${unknown}". Known steps: ${known}.`);
  }
  const [kind, second] = names as Action["kind"][];
  if (kind === undefined) throw new Mistake(path, `The step does nothing. Known steps: ${known}.`);
  if (second !== undefined) {
    throw new Mistake([...path, second], `A step has one action; this one has ${names.join(" and ")}.`);
  }
  return { kind, options: kinds[kind](step[kind], [...path, kind]) } as Action;
}

/** Reads what is to be sent. A type that the documents do not have is likely to be a typing error. */
function readSend(value: unknown, path: Path): object {
  const members = { ...place, type: text, unknown: flag, message: object, count: positive };
  const read = readMembers(value, members, path) as { api: Api; type?: string; unknown?: boolean };
  const { type, unknown, ...rest } = read;
  const known = type === undefined || unknown ? undefined : suggestTypes(read.api, type);
  if (known) {
    const problem = `Unknown type "${type}". Known types: ${known.join(", ")}.`;
    throw new Mistake([...path, "type"], `${problem} To send another one anyway, add unknown: true.`);
  }
  return { ...rest, ...(type !== undefined && { type }) };
}

function readExpectation(value: unknown, path: Path): Expectation {
  const read = readMembers(value, expectation, path) as Expectation;
  const subjects = (["deliveries", "requests", "registrations"] as const).filter((name) => read[name]);
  const [subject] = subjects;
  if (subject === undefined || subjects.length > 1) {
    throw new Mistake(path, "Exactly one of deliveries, requests and registrations is needed.");
  }
  if (read.count !== undefined && (read.atLeast !== undefined || read.atMost !== undefined)) {
    throw new Mistake([...path, "count"], "count cannot be combined with atLeast and atMost.");
  }
  const filters = {
    deliveries: deliveryFilter,
    requests: requestFilter,
    registrations: registrationFilter,
  };
  return { ...read, [subject]: readMembers(read[subject], filters[subject], [...path, subject]) };
}
