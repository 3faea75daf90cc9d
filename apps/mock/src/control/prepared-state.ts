import type { Operation } from "@thingspace-callbacks/contract/catalogue";
import type { AllowList } from "../deliveries/allow-list.ts";
import { asValidated, withPlainHttpNote } from "../plain-http.ts";
import { badRequest } from "../refusal.ts";
import { routes } from "../routes.ts";
import type { Registration, Slot } from "../state/registrations.ts";
import { createValidator } from "../validator.ts";
import { inWords } from "../violation.ts";
import { createViolations } from "../violations.ts";

/** A registration as a prepared state has it. */
export type PreparedRegistration = Registration & { api: Slot; account: string };

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
  const violations = createViolations();
  registrations.forEach(({ api, account, ...registration }, index) => {
    const key = `${api} ${account}`;
    const first = firstOf.get(key) ?? index;
    firstOf.set(key, first);
    const broken = violationsOf({ api, account, ...registration }, allowsTarget);
    if (broken) violations.add(() => broken(`registrations.${index}.`));
    if (first < index) {
      const rule = `account: is the same as that of registrations.${first}, in one slot.`;
      violations.add(() => `registrations.${index}.${rule}`);
    }
  });
  if (violations.count > 0) throw badRequest(operation, violations.describe());
}

const registering = new Map(
  routes
    .filter(({ operation }) => operation.operationId === "registerCallback")
    .map(({ api, operation }) => [api, { operation, validate: createValidator(operation) }]),
);

/** What is wrong with a registration, in sentences that begin with a path; undefined if it could be registered. */
function violationsOf({ api, account, ...registration }: PreparedRegistration, allowsTarget: AllowList) {
  const found = registering.get(api);
  if (!found) throw new Error(`The documents have no registerCallback for ${api}`);
  const { operation, validate } = found;
  // A prepared state leaves out what every registration has alike, such as the service's name.
  const [example] = Object.values(Object.values(operation.requestBody?.content ?? {})[0]?.examples ?? {});
  const body = { ...(example?.value as object), ...registration };
  const violations = validate({
    path: { account },
    query: {},
    body: asValidated(operation, body, allowsTarget),
  });
  if (violations.count === 0) return undefined;
  return (path: string) =>
    violations.describe(
      (sentence) => path + withPlainHttpNote(operation, body, inWords(operation, sentence)),
    );
}
