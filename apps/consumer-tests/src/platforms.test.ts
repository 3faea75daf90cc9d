import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createTestCallback } from "@thingspace-callbacks/listener/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { bun, deno, nodes } from "./binaries.ts";
import { run } from "./command.ts";
import type { Consumer } from "./consumer.ts";
import { createPlatformConsumer } from "./platforms/consumer.ts";
import { startServer } from "./platforms/server.ts";
import { workerd } from "./runtimes/workerd.ts";

const username = "me";
const password = "correct horse battery staple";
const packages = [
  "@azure/functions",
  "@google-cloud/functions-framework",
  "@hono/node-server",
  "express",
  "fastify",
  "hono",
];

let consumer: Consumer;
let framework: string;
beforeAll(async () => {
  consumer = await createPlatformConsumer(packages);
  framework = join(consumer.folder, "node_modules/@google-cloud/functions-framework/build/src/main.js");
  vi.stubEnv("CALLBACK_PASSWORD", password);
});
afterAll(() => consumer?.remove());

/** A message from ThingSpace, and a forged one. */
const createRequests = (url: string) => ({
  real: createTestCallback({
    api: "v1",
    type: "upgradeScheduled",
    username,
    password,
    message: { upgradeScheduled: { upgradeId: "7" } },
    url,
  }),
  forged: createTestCallback({ api: "v1", username, password: "wrong", url }),
});

const node = nodes["Node 24"];
const example = (name: string) => join("examples", `${name}.ts`);
const servers: { platform: string; file: string; argv: () => string[]; path?: string }[] = [
  { platform: "node:http", file: node, argv: () => [example("node")] },
  { platform: "node:http with an inbox in SQLite", file: node, argv: () => [example("inbox")] },
  { platform: "Express 5", file: node, argv: () => [example("express")], path: "/callbacks" },
  { platform: "Fastify", file: node, argv: () => [example("fastify")], path: "/callbacks" },
  { platform: "Hono", file: node, argv: () => [example("hono")], path: "/callbacks" },
  {
    platform: "Google Cloud Functions",
    file: node,
    argv: () => [
      framework,
      "--source=examples/google-cloud-functions.ts",
      "--target=callbacks",
      "--port=PORT",
    ],
  },
  { platform: "Bun", file: bun, argv: () => [example("bun")] },
  {
    platform: "Deno",
    file: deno,
    argv: () => ["serve", "--quiet", "--allow-env", "--host=127.0.0.1", "--port=PORT", example("deno")],
  },
];

describe.each(servers)("the packed listener in $platform", ({ file, argv, path = "/" }) => {
  test("The packed listener handles a message and refuses a forged one", async () => {
    const env = {
      CALLBACK_PASSWORD: password,
      INBOX: join(consumer.folder, "inbox.sqlite"),
      DENO_DIR: join(consumer.folder, ".deno"),
      DENO_NO_UPDATE_CHECK: "1",
    };
    const server = await startServer({ file, argv: argv(), cwd: consumer.folder, env });
    onTestFinished(() => server.stop());
    const { real, forged } = createRequests(server.origin + path);
    expect([(await fetch(real)).status, (await fetch(forged)).status]).toEqual([204, 401]);
    await expect.poll(server.printed).toContain("scheduled 7\n");
    expect(server.printed()).not.toContain(password);
  });
});

/** Imports an example as the platform does. Its listener prints what it handles. */
async function importExample(name: string) {
  return import(pathToFileURL(join(consumer.folder, example(name))).href);
}

describe("the packed listener, called as the platform calls it,", () => {
  test("The packed listener handles a message in a route handler of Next.js", async () => {
    const { POST } = await importExample("next-route");
    const { real, forged } = createRequests("http://localhost/callbacks");
    const context = { params: Promise.resolve({}) };
    expect([(await POST(real, context)).status, (await POST(forged, context)).status]).toEqual([204, 401]);
  });

  test("The packed listener handles an event of a Lambda function URL and of an API Gateway HTTP API", async () => {
    const { handler } = await importExample("lambda");
    const { real, forged } = createRequests("http://localhost/callbacks");
    const createEvent = async (request: Request) => ({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/callbacks",
      rawQueryString: "",
      headers: Object.fromEntries(request.headers),
      requestContext: { http: { method: request.method, path: "/callbacks", sourceIp: "192.0.2.1" } },
      body: await request.text(),
      isBase64Encoded: false,
    });
    const gateway = await createEvent(real.clone() as Request);
    const functionUrl = {
      ...gateway,
      body: Buffer.from(gateway.body).toString("base64"),
      isBase64Encoded: true,
    };
    const results = [
      await handler(gateway),
      await handler(functionUrl),
      await handler(await createEvent(forged)),
    ];
    expect(results.map(({ statusCode }) => statusCode)).toEqual([204, 204, 401]);
  });

  test("The packed listener handles a request of Azure Functions", async () => {
    const program = `
      import { HttpRequest } from "@azure/functions";
      import { handler } from "./examples/azure-functions.ts";
      for (const message of JSON.parse(process.argv[1])) {
        const body = { string: message };
        const request = new HttpRequest({ method: "POST", url: "http://localhost/api/callbacks", headers: { "Content-Type": "application/json" }, body });
        console.log((await handler(request)).status);
      }`;
    const { real, forged } = createRequests("http://localhost/");
    const messages = JSON.stringify([await real.text(), await forged.text()]);
    const env = { CALLBACK_PASSWORD: password };
    const argv = ["--input-type=module", "--eval", program, messages];
    expect(await run(node, argv, { cwd: consumer.folder, env })).toMatch(/scheduled 7\n204\n(.*\n)?401\n$/);
  });

  test("The packed listener handles a message in a Cloudflare worker", async () => {
    const program = `
      import { createTestCallback } from "@thingspace-callbacks/listener/testing";
      import worker from "./examples/worker.ts";
      export default async ({ username, password }) => {
        // The output of the program is its result.
        console.log = () => {};
        const send = (sent) => worker.fetch(createTestCallback({ api: "v1", username, ...sent }), { CALLBACK_PASSWORD: password });
        return [(await send({ password })).status, (await send({ password: "wrong" })).status];
      };`;
    await writeFile(join(consumer.folder, "import.js"), program);
    expect(await workerd(consumer.folder, { username, password })).toEqual([204, 401]);
  });
});
