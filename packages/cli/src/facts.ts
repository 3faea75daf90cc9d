// The types of src/generated/facts.ts.

/** The effect of an operation on a registration. */
export type Role = "list" | "register" | "update" | "deregister";

/** An operation of the client. */
export interface OperationFacts {
  operationId: string;
  method: string;
  /** The arguments between the account and the body. */
  otherArguments: unknown[];
  /** Members of the body that always have the same value. */
  constants: Record<string, unknown>;
}

/** A generation of the callback API. */
export interface GenerationFacts {
  title: string;
  /** Name of the registration. Generations with the same name share one registration for each account. */
  registration: string;
  /** An account that a mock accepts. */
  exampleAccount: string;
  /** True if a username and password are registered with the URL. */
  takesLogin: boolean;
  operations: Partial<Record<Role, OperationFacts>>;
  url: UrlFacts;
  refusals: RefusalFacts;
  message: MessageFacts;
}

/** The URLs that a generation registers. */
export interface UrlFacts {
  pattern: string;
  /** The rule of the pattern, in words that follow "must be". */
  rule: string;
  /** True if the mock also takes http for loopback hosts. */
  mockTakesHttp: boolean;
}

/** Documented refusals that a dry run can foresee. */
export interface RefusalFacts {
  /** Code of a refused member of the body. */
  invalidCode: string;
  /** Refusal to deregister when nothing is registered. */
  notRegistered: { code: string; message: string };
}

/** The message that the service sends to a registered URL. */
export interface MessageFacts {
  method: string;
  mediaType: string;
  typePath?: string[];
  accountPath?: string[];
  upgradeIdPaths: string[][];
  upgradeWords: {
    inProgress: string;
    ended: string;
    deviceAccepted: { status: string; resultReason: string };
    deviceUpgraded: { status: string; resultReason: string };
    deviceFailed: { status: string; resultReason: string };
  };
  types: string[];
  /** True if a message contains the username and password of the registration. */
  hasCredentials: boolean;
  /** Members that differ when a message is sent again. */
  changedByRetry: string[];
  /** How long the sender waits for the response, in milliseconds. */
  timeLimitMs: number;
  examples: Record<string, unknown>[];
}

/** Origins of servers. */
export interface Servers {
  production: string;
  mock: string;
}

/** The control API of the mock. */
export interface ControlFacts {
  base: string;
  tokenHeader: string;
  operations: Record<string, { method: string; path: string }>;
}
