/**
 * Who refuses a session: the gateway, with 401 and a `fault`, or the platform behind it, with 400 and a code that
 * contains `.SessionToken.`. Sources have both (departure D4).
 */
export type SessionErrors = "gateway" | "platform";

/** `stateful` keeps state, `prism` responds with the documents' examples. */
export type EngineName = "stateful" | "prism";

/**
 * Options for a mock. All but `retryPausesMs` and `requestTimeoutMs` are also flags of the command; see its `--help`.
 */
export interface MockOptions {
  /**
   * Store of registrations, tokens and deliveries: a file, or a Postgres database such as
   * `postgres://user:password@host:5432/database`, which several instances can share. @default memory
   */
  store?: string | undefined;
  /**
   * `lenient` accepts any tokens, as long as both are sent. `strict` accepts only valid tokens that this mock issued.
   * @default "lenient"
   */
  auth?: "lenient" | "strict" | undefined;
  /**
   * How a bad session is refused: `platform` responds with 400 and a code that contains `.SessionToken.` and says whether it has
   * expired; `gateway` responds with 401 and a `fault`, as for an access token (departure D4). @default "platform"
   */
  sessionErrors?: SessionErrors | undefined;
  /** Configuration file: applications, users and their accounts for strict authentication, and spaces. */
  config?: string | undefined;
  /**
   * Seed: a file with the state from which each space starts, and to which a reset returns. YAML or JSON, as
   * `PUT /mock/state` takes it. With a store, it is loaded when nothing is registered there.
   */
  seed?: string | undefined;
  /** How requests are handled: with state (`stateful`) or with the documents' examples (`prism`). @default "stateful" */
  engine?: EngineName | undefined;
  /** Serves the control operations below /mock. @default true */
  control?: boolean | undefined;
  /** Serves the metrics of the mock at /metrics, in the text format of Prometheus. @default false */
  metrics?: boolean | undefined;
  /** Token that the control operations require; needed when the mock listens beyond loopback. */
  controlToken?: string | undefined;
  /** Hosts, addresses or ranges that messages may be sent to although they are not public. @default [] */
  allowTargets?: string[] | undefined;
  /** Lists the username and password of a registration in V1 and legacy (departure D11). @default false */
  listCredentials?: boolean | undefined;
  /**
   * Origins whose pages may call the mock from a browser, such as `https://app.example`; `*` for any.
   * @default none
   */
  cors?: string | string[] | undefined;
  /**
   * URL at which clients reach the mock, when a proxy is in front of it: documents and redirects name it. It may have a
   * path, such as `https://example.com/mock`.
   * @default the host of each request
   */
  publicUrl?: string | undefined;
  /** Serves https, with this certificate and key, in PEM form. */
  tls?: { cert: string; key: string } | undefined;
  /**
   * How messages are sent. `patient`: a listener has 10 seconds, and a message is retried after 1, 4 and 16 seconds.
   * `measured`: 4 seconds and one repeat, as one operator measured it. `documented`: three repeats, 5 minutes apart. The
   * last two are about a sister API of ThingSpace (departure D10).
   * @default "patient"
   */
  sender?: "patient" | "measured" | "documented" | undefined;
  /** Pauses before the repeats of a message, in milliseconds. @default those of `sender` */
  retryPausesMs?: number[] | undefined;
  /** Maximum number of messages that are sent at the same time. @default 200 */
  maxOutgoing?: number | undefined;
  /** Number of delivered or failed deliveries to keep: the newest. @default 100_000 */
  keepDeliveries?: number | undefined;
  /** Time for a request to arrive whole, in milliseconds. @default 30000 */
  requestTimeoutMs?: number | undefined;
  /**
   * Level of the log on standard error, in pino's words. At `info` there is a line per request and per attempt, which
   * is the command's default.
   * @default "error"
   */
  logLevel?: string | undefined;
}

/** An option that cannot be used. The message names the option and says what is expected. */
export class OptionError extends Error {
  override readonly name = "OptionError";
  readonly option: keyof MockOptions;
  /** The message without the name of the option, such as `must not be empty.` */
  readonly reason: string;

  constructor(option: keyof MockOptions, reason: string) {
    super(`${option} ${reason}`);
    this.option = option;
    this.reason = reason;
  }
}
