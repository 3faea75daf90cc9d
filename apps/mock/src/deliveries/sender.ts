import type { Method } from "@thingspace-callbacks/contract";
import type { Dispatcher } from "undici";
import { decodePercent } from "../operations/percent.ts";
import { describeFailure } from "./failure.ts";
import type { TargetGuard } from "./target/guard.ts";

/** The outcome of sending a callback once. */
export interface Attempt {
  /** The status of the listener's response; missing without a response. */
  status?: number;
  /** How long the whole exchange took. */
  durationMs: number;
  /** The reason why the exchange failed, such as `connection refused`. */
  error?: string;
  /** The failure is this machine's, such as too many open files: nothing was sent. */
  isLocal?: true;
}

/** A callback to send. */
export interface OutgoingMessage {
  url: string;
  method: Method;
  /** The media type of the body. */
  mediaType: string;
  body: string;
}

/** Sends callbacks. Called again after `close`, it reports `aborted`. */
export interface Sender {
  /** Sends a message; never rejects. Aborting the signal ends the attempt. */
  (message: OutgoingMessage, signal?: AbortSignal): Promise<Attempt>;
  /** Ends the attempts that are under way, and every connection. */
  close: () => Promise<void>;
}

/** The targets and the time limit of a sender. */
export interface SenderOptions {
  guard: Pick<TargetGuard, "agent">;
  /** Time limit for connecting, sending and reading the response, in milliseconds. @default 10_000 */
  timeoutMs?: number;
}

/** Errors of this machine before a connection is made; undici passes the system's code on. */
const localFailures = new Set(["EMFILE", "ENFILE", "EADDRNOTAVAIL", "ENOBUFS", "ENOMEM"]);

/** The number of bytes of a response that are read: only its status matters. */
const maxAnswerBytes = 64 * 1024;

/**
 * Creates a function that sends callbacks to wherever the guard lets it, and follows no redirect.
 *
 * @example
 * const send = createSender({ guard: createTargetGuard({ allowAll: false, allowTargets: ["127.0.0.1:8080"] }) });
 * const message = { method: "post", mediaType: "application/json", body: "{}" } as const;
 * await send({ ...message, url: "http://127.0.0.1:8080/listener" }) // { status: 200, durationMs: 3 }
 * await send({ ...message, url: "http://127.0.0.1:22/" }) // { durationMs: 0, error: "refused: 127.0.0.1 is a loopback ..." }
 * await send.close();
 */
export function createSender({ guard: { agent }, timeoutMs = 10_000 }: SenderOptions): Sender {
  const send = (
    { url, method, mediaType, body }: OutgoingMessage,
    signal?: AbortSignal,
  ): Promise<Attempt> => {
    const target = URL.parse(url);
    if (!target || !/^https?:$/.test(target.protocol)) {
      return Promise.resolve({ durationMs: 0, error: "not an http or https URL" });
    }
    return new Promise((resolve) => {
      const start = performance.now();
      const attempt: Attempt = { durationMs: 0 };
      let controller: Dispatcher.DispatchController | undefined;
      let isEnded = false;
      let bytes = 0;

      const end = () => {
        isEnded = true;
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        attempt.durationMs = Math.round(performance.now() - start);
        resolve(attempt);
      };
      const giveUp = (error: string) => {
        attempt.error = error;
        end();
        controller?.abort(new Error(error));
      };
      const abort = () => giveUp("aborted");
      const timer = setTimeout(giveUp, timeoutMs, `timed out after ${timeoutMs} ms`);
      signal?.addEventListener("abort", abort);
      if (signal?.aborted) {
        abort();
        return;
      }

      // Much cheaper than a request whose response is a stream, of which only the status matters.
      agent.dispatch(
        {
          origin: target.origin,
          path: target.pathname + target.search,
          method: method.toUpperCase() as Dispatcher.HttpMethod,
          headers: {
            "content-type": mediaType,
            "user-agent": "thingspace-callbacks-mock",
            ...toAuthorization(target),
          },
          body,
          // Only the time-out of the whole exchange counts.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        {
          onRequestStart: (started) => {
            // It has waited for a connection until its time was over.
            if (isEnded) started.abort(new Error("ended"));
            controller = started;
          },
          onResponseStart: (_controller, status) => {
            // Not of an informational response, such as 103.
            if (status >= 200) attempt.status = status;
          },
          onResponseData: (_controller, chunk) => {
            bytes += chunk.length;
            if (isEnded || bytes < maxAnswerBytes) return;
            end();
            controller?.abort(new Error("response is too long"));
          },
          onResponseEnd: () => {
            if (!isEnded) end();
          },
          onResponseError: (_controller, error) => {
            if (isEnded) return;
            attempt.error = describeFailure(error);
            if (localFailures.has(String((error as NodeJS.ErrnoException).code))) attempt.isLocal = true;
            end();
          },
        },
      );
    });
  };
  return Object.assign(send, { close: () => agent.destroy() });
}

/** The header for a URL with a user and password, which undici leaves out: Basic, as browsers and curl send it. */
function toAuthorization({ username, password }: URL): { authorization?: string } {
  if (username === "" && password === "") return {};
  const credentials = `${decodePercent(username)}:${decodePercent(password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
}
