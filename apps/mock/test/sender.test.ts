import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createMock } from "../src/mock.ts";
import { account, call, listen } from "./call.ts";

const main = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

test("The measured sender retries once, with the count in the message of either generation", async () => {
  const mock = await createMock({ sender: "measured", retryPausesMs: [1] });
  const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  const listener = await listen(403, 403, 403, 403);
  await call(origin, "POST", `/api/fota/v1/callbacks/${account}`, { name: "Fota", url: listener.url });
  await call(origin, "PUT", `/api/fota/v2/callbacks/${account}`, { url: listener.url });
  for (const api of ["v1", "v2"] as const) await mock.deliverEvent({ api, account, type: "t" });
  await mock.idle();
  expect(listener.messages.map(({ callbackCount }) => callbackCount)).toEqual([1, 2, 1, 2]);
  await listener.close();
  await mock.close();
});

const wrong = [
  {
    options: { sender: "hasty" as "patient" },
    message: /^sender must be one of patient, measured, documented\.$/,
  },
  { options: { maxOutgoing: 0 }, message: /^maxOutgoing must be a whole number from 1\.$/ },
  { options: { keepDeliveries: -1 }, message: /^keepDeliveries must be a whole number from 0\.$/ },
];
test.each(wrong)("The options $options are refused by name", async ({ options, message }) => {
  await expect(createMock(options)).rejects.toThrow(message);
});

test.skipIf(process.platform === "win32")(
  "A mock that has few file descriptors for many slow listeners delivers each message at the first attempt",
  async () => {
    // Holds its responses until the mock has run out of descriptors.
    const { promise: released, resolve: release } = createGate();
    const slow = createServer(async (request, response) => {
      request.resume();
      await released;
      response.writeHead(204).end();
    });
    await once(slow.listen(0, "127.0.0.1"), "listening");
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    const command = [process.execPath, main, "--port", "0", "--max-outgoing", "500"];
    const child = spawn("sh", ["-c", 'ulimit -n 100; exec "$@"', "sh", ...command]);
    let log = "";
    child.stderr.on("data", (text) => {
      log += text;
      if (log.includes("cannot send")) release();
    });
    try {
      let origin = "";
      for await (const line of createInterface({ input: child.stdout })) {
        origin = /listens on (\S+)/.exec(line)?.[1] ?? "";
        if (origin) break;
      }
      child.stdout.resume();
      const accounts = Array.from({ length: 300 }, (_, index) => `a${index}`);
      const registrations = accounts.map((name) => ({ api: "v2", account: name, url }));
      await call(origin, "PUT", "/mock/registrations", { registrations });
      for (const name of accounts) {
        await call(origin, "POST", "/mock/events", { api: "v2", account: name, type: "t" });
      }
      const page = async (query: string) => (await call(origin, "GET", `/mock/deliveries?${query}`)).body;
      await expect.poll(async () => (await page("status=pending&limit=1")).total).toBe(0);
      const { total, deliveries } = await page("status=delivered&limit=1000");
      expect(total).toBe(accounts.length);
      for (const { attempts } of deliveries) expect(attempts).toMatchObject([{ status: 204 }]);
      // Said when it begins, not for every message.
      const said = log.split("cannot send").length - 1;
      expect(said).toBeGreaterThan(0);
      expect(said).toBeLessThan(accounts.length / 3);
    } finally {
      child.kill("SIGKILL");
      slow.close().closeAllConnections();
    }
  },
);

function createGate() {
  let resolve = () => {};
  const promise = new Promise<void>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
