import { getGeneration, redactText, redactUrl } from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { createMessage, type Message, type Recipient } from "../deliveries/messages.ts";
import type { Queue } from "../deliveries/queue.ts";
import type { Deliveries, Status } from "../deliveries/store.ts";
import type { AllowList } from "../deliveries/target/allow-list.ts";
import { planUpgrade } from "../deliveries/upgrade.ts";
import type { Journal } from "../journal/journal.ts";
import {
  type Answer,
  type HandlerRequest,
  type Handlers,
  type HandlersOf,
  ok,
} from "../operations/handler.ts";
import { badRequest, createRefusal } from "../operations/refusal.ts";
import { routes } from "../operations/routes.ts";
import { type Clock, maxAheadMs } from "../state/clock.ts";
import type { Registrations } from "../state/registrations.ts";
import type { Tokens } from "../state/tokens.ts";
import { makeDeviceIds } from "./device-ids.ts";
import { demandAcceptable } from "./fault-limits.ts";
import { effects, type Faults, hasEffect } from "./faults.ts";
import { demandRegistrable, type PreparedRegistration } from "./prepared-state.ts";

/** What the control operations steer. */
export interface Controlled {
  registrations: Registrations;
  tokens: Tokens;
  deliveries: Deliveries;
  queue: Queue;
  faults: Faults;
  journal: Journal;
  clock: Clock;
  /** Hosts that may be sent to although they are not public. */
  allowsTarget: AllowList;
  /** Runs `run` so that what it writes into the store is stored whole or not at all. */
  inTransaction: (run: () => void) => void;
}

const accepted = (body: object): Answer => ({ status: 202, body });

/** The control operations (spec/control). */
export function createControlHandlers(mock: Controlled): Handlers {
  const { registrations, tokens, deliveries, queue, faults, journal, clock } = mock;

  const state = () =>
    ok({
      registrations: registrations
        .all()
        .map(({ password, ...registration }) => ({ ...registration, url: redactUrl(registration.url) })),
    });
  /** Replaces every registration. When the store cannot be written, nothing changes. */
  const replaceRegistrations = (prepared: PreparedRegistration[]) => {
    mock.inTransaction(() => {
      registrations.clear();
      for (const { api, account, ...registration } of prepared) registrations.put(api, account, registration);
    });
  };
  /** Replaces everything. When the store cannot be written, nothing changes. */
  const replaceState = (prepared: PreparedRegistration[]) => {
    mock.inTransaction(() => {
      for (const part of [tokens, deliveries, registrations]) part.clear();
      for (const { api, account, ...registration } of prepared) registrations.put(api, account, registration);
    });
    queue.forget();
    for (const part of [faults, journal]) part.clear();
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
        type: typeof message["type"] === "string" ? message["type"] : "",
        message: JSON.stringify(message),
        acceptedAt: now,
        dueAt: now + index * intervalMs,
      })),
    );
    queue.wake(account);
    return ids;
  };

  const findRecipient = (request: HandlerRequest<{ api: string; account: string }>): Recipient => {
    const { api, account } = request.body;
    const registration = registrations.get(getGeneration(api).registration, account);
    if (!registration) throw createRefusal(request.operation, "callbackNotRegistered");
    return { api, account, registration };
  };

  const sendEvent: HandlersOf<Control>["sendEvent"] = (request) => {
    const { api, type, message } = request.body;
    const hasTypes = getGeneration(api).message.typePath !== undefined;
    if (type === undefined && hasTypes) throw badRequest(request.operation, "type: is required.");
    const recipient = findRecipient(request);
    return accepted({ deliveries: accept(recipient, [createMessage(recipient, type, message)]) });
  };

  const playUpgrade: HandlersOf<Control>["playUpgrade"] = (request) => {
    const { devices, failures, intervalMs, ...named } = request.body;
    const deviceIds = named.deviceIds ?? makeDeviceIds(devices);
    if (new Set(deviceIds).size < deviceIds.length) {
      throw badRequest(request.operation, "deviceIds: must not have the same id twice.");
    }
    if (failures > deviceIds.length) {
      throw badRequest(request.operation, `failures: must be <= devices (${deviceIds.length}).`);
    }
    const recipient = findRecipient(request);
    const { upgradeId, messages } = planUpgrade(recipient, { deviceIds, failures });
    return accepted({ upgradeId, deliveries: accept(recipient, messages, intervalMs) });
  };

  const control: HandlersOf<Control> = {
    getState: state,
    putState: ({ operation, body }) => {
      demandRegistrable(operation, body.registrations, mock.allowsTarget);
      replaceState(body.registrations);
      return state();
    },
    deleteState: () => {
      replaceState([]);
      return state();
    },
    putRegistrations: ({ operation, body }) => {
      demandRegistrable(operation, body.registrations, mock.allowsTarget);
      replaceRegistrations(body.registrations);
      return state();
    },
    clearRegistrations: () => ok({ forgotten: registrations.clear() }),
    clearTokens: () => ok({ forgotten: tokens.clear() }),
    clearDeliveries: () => {
      const forgotten = deliveries.clear();
      queue.forget();
      return ok({ forgotten });
    },
    clearRequests: () => ok({ forgotten: journal.clear() }),
    sendEvent,
    playUpgrade,
    listDeliveries: ({ query }) => {
      const filter = query as { account?: string; status?: Status; limit: number; offset: number };
      const { deliveries: page, total } = deliveries.list(filter);
      return ok({
        total,
        deliveries: page.map(({ message, dueAt, acceptedAt, ...delivery }) => ({
          ...delivery,
          type: redactText(delivery.type),
          url: redactUrl(delivery.url),
          acceptedAt: new Date(acceptedAt).toISOString(),
        })),
      });
    },
    listFaults: () => ok(faults.list()),
    addFault: ({ operation, body: fault }) => {
      if (!hasEffect(fault)) {
        throw badRequest(operation, `body: must have one of ${effects.join(", ")}.`);
      }
      const ids = routes
        .filter(({ api }) => api === (fault.api ?? api))
        .map((route) => route.operation.operationId);
      if (fault.operationId !== undefined && !ids.includes(fault.operationId)) {
        throw badRequest(operation, `operationId: must be one of ${[...new Set(ids)].join(", ")}.`);
      }
      demandAcceptable(operation, fault, faults.list().length);
      faults.add(fault);
      return ok(faults.list());
    },
    clearFaults: () => {
      faults.clear();
      return ok(faults.list());
    },
    listRequests: ({ query }) => ok(journal.list(query as { limit: number; offset: number })),
    getClock: time,
    advanceClock: ({ operation, body: { advanceMs } }) => {
      const leftMs = maxAheadMs - clock.aheadMs();
      if (advanceMs > leftMs) throw badRequest(operation, `advanceMs: must be <= ${leftMs}.`);
      clock.advance(advanceMs);
      queue.advance(advanceMs);
      return time();
    },
  };
  return { control };
}
