import { Agent, request } from "node:http";
import { createBody } from "./messages.ts";

interface Options {
  messages: number;
  upgrades: number;
  origins: string[];
  /** Is told how many messages were acknowledged so far. */
  onAcknowledged: (count: number) => void;
}

/**
 * Sends messages as a patient sender does: those of an upgrade one after the other, and each until it is acknowledged, to the
 * receivers in turn.
 */
export async function sendAll({ messages, upgrades, origins, onAcknowledged }: Options): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  let acknowledged = 0;
  const sendUpgrade = async (upgrade: number) => {
    for (let n = 1; n <= messages / upgrades; n += 1) {
      for (let attempt = 1; ; attempt += 1) {
        const origin = origins[(n + attempt) % origins.length] ?? "";
        const status = await send(agent, origin, createBody(upgrade, n, attempt));
        if (status === 204) break;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      acknowledged += 1;
      onAcknowledged(acknowledged);
    }
  };
  await Promise.all(Array.from({ length: upgrades }, (_, upgrade) => sendUpgrade(upgrade)));
  agent.destroy();
}

/** Resolves with the status, or with 0 when the connection broke. */
function send(agent: Agent, origin: string, body: string): Promise<number> {
  return new Promise((resolve) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const sent = request(origin, { method: "POST", headers, agent }, (response) => {
      response.resume().once("close", () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
    });
    sent.once("error", () => resolve(0));
    sent.end(body);
  });
}
