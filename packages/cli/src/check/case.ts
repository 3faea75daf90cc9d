/** A request that a check sends. */
export interface CheckRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** Replaces the URL of the listener. */
  url?: URL;
}

/** How a listener must respond: with a 2xx, with a 4xx, or with anything but an error of its own. */
export type Expected = "acknowledge" | "refuse" | "survive";

/** One case of a check. */
export interface Case {
  /** Such as `type-upgradeScheduled`. It stays the same in later versions. */
  id: string;
  title: string;
  expected: Expected;
  requests: CheckRequest[];
  /** True if the requests are sent at the same time; otherwise each follows the response to the one before. */
  isAtOnce?: boolean;
  /** True if all responses must have the same status. */
  isSameStatus?: boolean;
  /** Why the case is not sent. */
  skipped?: string;
}
