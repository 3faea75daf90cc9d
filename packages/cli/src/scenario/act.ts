import type { ThingSpaceClient } from "@thingspace-callbacks/client";
import type { Login } from "../callbacks/login.ts";
import { readLogin } from "../callbacks/login.ts";
import type { Control } from "../control/control.ts";
import { type Api, generations } from "../generated/facts.ts";
import { callRole, listOne } from "../service/registrations.ts";
import { checkExpectation, type Start } from "./expect.ts";
import type { Listeners } from "./listeners.ts";
import type { Action } from "./scenario.ts";

/** What the steps of a scenario use. */
export interface Stage {
  client: ThingSpaceClient;
  control: Control;
  listeners: Listeners;
  start: Start;
  /** The URL for registrations that name none, instead of that of a listener of this process. */
  url: string | undefined;
  /** The login for registrations that name none, in generations that take one. */
  login: Login;
  env: Record<string, string | undefined>;
}

const getLogin = ({ login }: Stage, api: Api) => (generations[api].takesLogin ? login : {});

/** The time that a `wait` without `within` waits. */
const defaultWaitMs = 10_000;

/** Does a step. @returns what is wrong, if it fails */
export async function act(stage: Stage, { kind, options }: Action): Promise<string | undefined> {
  const { client, control } = stage;
  switch (kind) {
    case "register":
    case "update": {
      const { api, account, username } = options;
      const url = options.url ?? stage.url ?? (await stage.listeners.getUrl(api));
      const login = username === undefined ? getLogin(stage, api) : readLogin(api, { username }, stage.env);
      await callRole(client, api, kind, account, { url, ...login });
      return undefined;
    }
    case "deregister":
      await callRole(client, options.api, kind, options.account);
      return undefined;
    case "list":
      await listOne(client, options.api, options.account);
      return undefined;
    case "send": {
      const { count = 1, ...body } = options;
      for (let sent = 0; sent < count; sent++) await control({ operationId: "sendEvent", body });
      return undefined;
    }
    case "upgrade": {
      const { interval: intervalMs = 0, ...body } = options;
      await control({ operationId: "playUpgrade", body: { ...body, intervalMs } });
      return undefined;
    }
    case "fault":
      await control({ operationId: "addFault", body: options });
      return undefined;
    case "advance":
      await control({ operationId: "advanceClock", body: { advanceMs: options } });
      return undefined;
    case "wait":
      return checkExpectation(control, stage.start, options, defaultWaitMs);
    case "expect":
      return checkExpectation(control, stage.start, options, 0);
  }
}
