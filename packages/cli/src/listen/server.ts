import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type CallbackRequest,
  createCallbackListener,
  type Handlers,
  toNodeHandler,
} from "@thingspace-callbacks/listener";
import { CliError } from "../cli-error.ts";
import { type Api, generations } from "../generated/facts.ts";

/** A message that arrived. */
export interface Arrived {
  at: string;
  type: string | undefined;
  /** The message without its password. */
  message: Record<string, unknown>;
  /** How the program at `--forward-to` answered. */
  forwarded?: { status?: number; error?: string; durationMs: number };
}

/** A running listener. */
export interface RunningListener {
  id: string;
  /** Such as `127.0.0.1:40123`. */
  address: string;
  close(): Promise<void>;
}

const forwardTimeoutMs = 2500;
const notAcknowledged = new Error("The program did not acknowledge the message.");

/** The path at which a listener says that it runs, for `listen --restore`. */
export const identityPath = "/thingspace-callbacks-listen";

/** Starts a listener on this machine. Its URL has a secret as last segment. */
export async function startListener(options: {
  id: string;
  api: Api;
  port: number;
  pathSecret: string;
  forwardTo: string | undefined;
  /** Is told each message, with its secrets, before it is acknowledged. */
  onMessage: (message: unknown) => Promise<void>;
  onArrived: (arrived: Arrived) => void;
  onRefused: (code: string) => void;
}): Promise<RunningListener> {
  const { id, api, port, pathSecret, forwardTo, onMessage, onArrived, onRefused } = options;
  const listener = createCallbackListener({
    api,
    verify: { pathSecret },
    on: { other: receive } as Handlers<Api>,
    onError: (error, { code }) => {
      // The message is shown with the program's response.
      if (!(error instanceof Error && [error, error.cause].includes(notAcknowledged))) onRefused(code);
    },
  });
  const handle = toNodeHandler(listener);
  const server = createServer((request, response) => {
    // A tunnel may lead to a path.
    if (request.url?.endsWith(identityPath)) response.end(id);
    else void handle(request, response);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw new CliError(
      "PORT_UNAVAILABLE",
      `--port ${port} cannot be used (${error.code}).`,
      "Choose another port; 0 is any free one.",
    );
  });
  return {
    id,
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };

  async function receive(_: unknown, { body }: CallbackRequest): Promise<void> {
    const at = new Date().toISOString();
    const message = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
    await onMessage(message);
    const [typeMember = ""] = generations[api].message.typePath ?? [];
    const type = message[typeMember];
    const forwarded = forwardTo === undefined ? undefined : await forward(forwardTo, api, body);
    onArrived({
      at,
      type: typeof type === "string" ? type : undefined,
      message: { ...message, ...("password" in message && { password: "***" }) },
      ...(forwarded && { forwarded }),
    });
    // The sender then sends the message again, as it would to the program itself.
    if (forwarded && !(forwarded.status && forwarded.status >= 200 && forwarded.status < 300)) {
      throw notAcknowledged;
    }
  }
}

async function forward(url: string, api: Api, body: Uint8Array): Promise<NonNullable<Arrived["forwarded"]>> {
  const { method, mediaType } = generations[api].message;
  const start = performance.now();
  const getDuration = () => Math.round(performance.now() - start);
  try {
    const response = await fetch(url, {
      method,
      headers: { "Content-Type": mediaType },
      body: new Uint8Array(body),
      redirect: "manual",
      signal: AbortSignal.timeout(forwardTimeoutMs),
    });
    await response.body?.cancel();
    return { status: response.status, durationMs: getDuration() };
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } };
    return { error: cause?.code ?? name, durationMs: getDuration() };
  }
}
