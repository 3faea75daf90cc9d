import type { Message } from "./message.ts";
import type { Operation } from "./operation.ts";

/** An API: one document. */
export interface Api {
  /** Such as `v1`. */
  name: string;
  title: string;
  version: string;
  /** Day of the version, such as `2026-11-20`. */
  date: string;
  summary: string;
  /** `info.description`, in Markdown. */
  introduction: string;
  /** For a generation of the callback API: "Current", or what supersedes it. */
  status?: string;
  /** Base URLs. An API without `production` is the mock's own. */
  servers: { production?: string; mock: string };
  /** Base path on the mock, such as `/api/fota/v1`. */
  base: string;
  operations: Operation[];
  /** Beginnings of paths, below the base path, that the real service has and the mock does not. */
  notEmulated: string[];
  /** Only a generation of the callback API has one. */
  message?: Message;
  /**
   * Name of the registration that a generation uses. Generations with the same name share one registration per account.
   */
  registration?: string;
}

/** A generation of the callback API. */
export type Generation = Api & { message: Message; registration: string };

/** Facts about tokens that every callback operation needs. */
export interface TokenFacts {
  /** Lifetime of an access token, in seconds. */
  accessTokenSeconds: number;
  /** How long a session lives without use, in seconds. */
  sessionIdleSeconds: number;
  /** Failed logins in a row that lock the user. */
  failuresToLock: number;
}
