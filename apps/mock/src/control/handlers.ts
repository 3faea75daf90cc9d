import type { Clock } from "../clock.ts";
import { type Message, messageOf, type Recipient } from "../deliveries/messages.ts";
import type { Queue } from "../deliveries/queue.ts";
import { messagesOf, type Upgrade } from "../deliveries/upgrade.ts";
import { type Handler, type HandlerRequest, type Handlers, ok } from "../handler.ts";
import { badRequest, exampleOf, Refusal } from "../refusal.ts";
import { routes } from "../routes.ts";
import type { Deliveries, Status } from "../state/deliveries.ts";
import { type Registrations, slotOf } from "../state/registrations.ts";
import type { Tokens } from "../state/tokens.ts";
import type { Fault, Faults } from "./faults.ts";
import type { Journal } from "./journal.ts";
import { demandRegistrable, type PreparedRegistration } from "./prepared-state.ts";
import { redactUrl } from "./redact.ts";

/** What the control operations steer. */
export interface Controlled {
  registrations: Registrations;
  tokens: Tokens;
  deliveries: Deliveries;
  queue: Queue;
  faults: Faults;
  journal: Journal;
  clock: Clock;
}

/** The control operations (spec/control). */
export function controlHandlers(mock: Controlled): Handlers {
  const { registrations, deliveries, queue, faults, journal, clock } = mock;

  const state = () => ok({ registrations: registrations.all().map(({ password, ...rest }) => rest) });
  const forget = () => {
    queue.forget();
    for (const part of [registrations, mock.tokens, deliveries, faults, journal]) part.clear();
    clock.reset();
  };
  const time = () => ok({ now: new Date(clock.now()).toISOString(), aheadMs: clock.aheadMs() });

  const accept = ({ api, account, registration }: Recipient, messages: Message[], intervalMs = 0) => {
    const now = Date.now();
    const ids = deliveries.accept(
      messages.map((message, index) => ({
        api,
        account,
        url: registration.url,
        type: String(message["type"]),
        message: JSON.stringify(message),
        acceptedAt: now,
        dueAt: now + index * intervalMs,
      })),
    );
    queue.wake(account);
    return { status: 202, body: { deliveries: ids } };
  };

  const recipientOf = (request: HandlerRequest): Recipient => {
    const { api, account }: { api: string; account: string } = request.body;
    const registration = registrations.get(slotOf(api), account);
    if (!registration) throw new Refusal(400, exampleOf(request.operation, 400, "callbackNotRegistered"));
    return { api, account, registration };
  };

  const sendEvent: Handler = (request) => {
    const { type, message }: { type: string; message?: Message } = request.body;
    const recipient = recipientOf(request);
    return accept(recipient, [messageOf(recipient, type, message)]);
  };

  const playUpgrade: Handler = (request) => {
    const { intervalMs, ...upgrade }: Upgrade & { intervalMs: number } = request.body;
    if (upgrade.failures > upgrade.devices) {
      throw badRequest(request.operation, `failures: must be <= devices (${upgrade.devices}).`);
    }
    const recipient = recipientOf(request);
    return accept(recipient, messagesOf(recipient, upgrade), intervalMs);
  };

  return {
    control: {
      getState: state,
      putState: ({ operation, body }) => {
        const prepared: { registrations: PreparedRegistration[] } = body;
        demandRegistrable(operation, prepared.registrations);
        forget();
        for (const { api, account, ...registration } of prepared.registrations) {
          registrations.put(api, account, registration);
        }
        return state();
      },
      deleteState: () => {
        forget();
        return state();
      },
      sendEvent,
      playUpgrade,
      listDeliveries: ({ query }) => {
        const filter = query as { account?: string; status?: Status; limit: number; offset: number };
        const { deliveries: page, total } = deliveries.list(filter);
        return ok({
          total,
          deliveries: page.map(({ message, dueAt, acceptedAt, ...delivery }) => ({
            ...delivery,
            url: redactUrl(delivery.url),
            acceptedAt: new Date(acceptedAt).toISOString(),
          })),
        });
      },
      listFaults: () => ok(faults.list()),
      addFault: ({ operation, body }) => {
        const fault: Fault = body;
        const ids = routes
          .filter(({ api }) => api === (fault.api ?? api))
          .map((route) => route.operation.operationId);
        if (fault.operationId !== undefined && !ids.includes(fault.operationId)) {
          throw badRequest(operation, `operationId: must be one of ${[...new Set(ids)].join(", ")}.`);
        }
        faults.add(fault);
        return ok(faults.list());
      },
      clearFaults: () => {
        faults.clear();
        return ok(faults.list());
      },
      listRequests: ({ query }) => ok(journal.list(query as { limit: number; offset: number })),
      getClock: time,
      advanceClock: ({ body }) => {
        const { advanceMs }: { advanceMs: number } = body;
        clock.advance(advanceMs);
        return time();
      },
    },
  };
}
