import {
  getByRole,
  getFirstExample,
  getGeneration,
  registrations as names,
  type Operation,
} from "@thingspace-callbacks/contract";
import type { AllowList } from "../deliveries/target/allow-list.ts";
import { createBadRequest } from "../operations/refusal.ts";
import type { Registration } from "../state/registrations.ts";
import { addPlainHttpNote, allowPlainHttp } from "../validation/plain-http.ts";
import { createValidator } from "../validation/validator.ts";
import { Violations } from "../validation/violations.ts";

/** A registration as a prepared state has it. */
export type PreparedRegistration = Registration & { api: string; account: string };

/**
 * Demands that each registration of a prepared state could have been registered, and that none replaces another.
 *
 * @throws {Refusal} 400 of the operation; the message names each registration that is wrong
 */
export function demandRegistrable(
  operation: Operation,
  registrations: PreparedRegistration[],
  allowsTarget: AllowList,
): void {
  const firstOf = new Map<string, number>();
  const violations = new Violations();
  registrations.forEach(({ api, account, ...registration }, index) => {
    const key = `${api} ${account}`;
    const first = firstOf.get(key) ?? index;
    firstOf.set(key, first);
    const broken = findViolations({ api, account, ...registration }, allowsTarget);
    if (broken) violations.add(() => broken(`registrations.${index}.`));
    if (first < index) {
      const rule = `account: is the same as in registrations.${first}.`;
      violations.add(() => `registrations.${index}.${rule}`);
    }
  });
  if (violations.count > 0) throw createBadRequest(operation, violations.describe());
}

/** How each registration is registered, by its name: in the generation that it is called after. */
const registering = new Map(
  names.map((name) => {
    const operation = getByRole(getGeneration(name), "register");
    return [name, { operation, validate: createValidator(operation) }];
  }),
);

function findViolations({ api, account, ...registration }: PreparedRegistration, allowsTarget: AllowList) {
  const found = registering.get(api);
  if (!found) throw new Error(`No generation uses a registration called ${api}`);
  const { operation, validate } = found;
  // A prepared state leaves out what every registration has alike, such as the service's name.
  const example = operation.body && getFirstExample(operation.body);
  const body = { ...(example as object), ...registration };
  const violations = validate({
    path: { account },
    query: {},
    body: allowPlainHttp(operation, body, allowsTarget),
  });
  if (violations.count === 0) return undefined;
  return (path: string) =>
    violations.describe((sentence) => path + addPlainHttpNote(operation, body, sentence));
}
