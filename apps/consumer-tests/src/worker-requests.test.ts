import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { workerd } from "./binaries.ts";
import { run } from "./command.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { addDriver, bundleDriver } from "./runtimes/runtime.ts";

const tokenDelayMs = 600;

/** A service that takes its time for an access token. */
const service: Server = createServer(async (request, response) => {
  request.resume();
  const isTokenRequest = request.url?.endsWith("/oauth2/token");
  if (isTokenRequest) await setTimeout(tokenDelayMs);
  const isLogin = request.url?.endsWith("/session/login");
  const body = isTokenRequest ? { access_token: "a" } : isLogin ? { sessionToken: "s" } : [];
  response.setHeader("Content-Type", "application/json").end(JSON.stringify(body));
});

describe("a client that the requests of a worker share", () => {
  let consumer: Consumer;
  let origin: string;
  beforeAll(async () => {
    consumer = await createConsumer("client");
    await bundleDriver(
      consumer.folder,
      "worker-requests.driver.js",
      { platform: "neutral", resolve: { conditionNames: ["workerd"] } },
      "esm",
    );
    await addDriver(consumer.folder, "worker-requests.capnp");
    await once(service.listen(0, "127.0.0.1"), "listening");
    origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    service.close();
    await consumer?.remove();
  });

  // Since 2024 the runtime rejects a wait for a promise of a request that has ended; before, the wait never ends.
  test.each([{ compatibilityDate: "2026-01-01" }, { compatibilityDate: "2024-01-01" }])(
    "A shared client serves later requests after one was aborted while tokens were requested, with compatibility date $compatibilityDate",
    async ({ compatibilityDate }) => {
      const config = join(consumer.folder, `requests-${compatibilityDate}.capnp`);
      const template = await readFile(join(consumer.folder, "worker-requests.capnp"), "utf8");
      await writeFile(config, template.replace("2026-01-01", compatibilityDate));
      const input = { origin, account: "0242078689-00001", paths: ["/?impatient", "/", "/", "/"] };
      const output = await run(workerd, ["test", config], {
        cwd: consumer.folder,
        env: { CONSUMER_INPUT: JSON.stringify(input) },
      });
      expect(JSON.parse(output)).toEqual([
        { error: "TimeoutError" },
        { status: 200 },
        { status: 200 },
        { status: 200 },
      ]);
    },
  );
});
