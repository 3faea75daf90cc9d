import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createCallbackListener, createMemorySeenStore, toNodeHandler } from "@thingspace-callbacks/listener";
import { findFreePort } from "@thingspace-callbacks/test-support";
import { afterAll, describe, expect, test } from "vitest";
import { checkListener } from "../src/check/check-listener.ts";
import { listApis } from "../src/service/registrations.ts";
import { createHome, runCommand } from "./command.ts";

const closing: (() => unknown)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

const username = "me";
const password = "correct-password";
const secret = "a2c1b7c4-5d0e-4f39-9d2c-0f6f6d1f1d55";
const env = { THINGSPACE_CALLBACK_PASSWORD: password };

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, "127.0.0.1");
  closing.push(() => server.close().closeAllConnections());
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/fota`;
}

const check = (url: string, ...args: string[]) =>
  runCommand(["check-listener", url, "--api", "v1", "--username", username, "--json", ...args], { env });

interface Result {
  id: string;
  outcome: string;
  problems: { code: string }[];
}

/** Returns the problems as `case CODE`. */
const listProblems = ({ cases }: { cases: Result[] }) =>
  cases.flatMap(({ id, problems }) => problems.map(({ code }) => `${id} ${code}`));

describe("the listener of this project", () => {
  test.each(listApis().map((api) => ({ api })))(
    "passes every case of $api by a secret in its path",
    async ({ api }) => {
      const listener = createCallbackListener({
        api,
        verify: { pathSecret: secret },
        on: { other: () => {} },
        onError: () => {},
        seen: { store: createMemorySeenStore({ maxEntries: 1000, maxAgeMs: 60_000 }) },
      });
      const url = `${await listen(toNodeHandler(listener))}/${secret}`;
      const { exitCode, data, output } = await runCommand([
        "check-listener",
        url,
        "--api",
        api,
        "--path-secret",
        "--json",
      ]);
      expect(listProblems(data)).toEqual([]);
      expect(exitCode).toBe(0);
      expect(output).not.toContain(secret);
    },
  );

  test("passes every case of v1 by its password, and the JUnit report says so", async () => {
    const listener = createCallbackListener({
      api: "v1",
      verify: { username, password },
      on: { other: () => {} },
      onError: () => {},
    });
    const junit = join(createHome(), "report.xml");
    const { exitCode, data, output, errors } = await check(
      await listen(toNodeHandler(listener)),
      "--junit",
      junit,
    );
    expect(listProblems(data)).toEqual([]);
    expect(
      data.cases.filter(({ outcome }: Result) => outcome === "skipped").map(({ id }: Result) => id),
    ).toEqual(["wrong-path-secret"]);
    expect(exitCode).toBe(0);
    const xml = readFileSync(junit, "utf8");
    expect(xml).toContain(`tests="${data.cases.length}" failures="0" skipped="1"`);
    expect(output + errors + xml).not.toContain(password);
  });
});

type Body = {
  username?: string;
  password?: string;
  type?: string;
  callbackCount?: number;
  firmwareList: unknown[];
};

/** Creates a listener without faults, in which one part is replaced. */
function createListener(change: (body: Body) => number | undefined, onBad = 400): RequestListener {
  return async (request, response) => {
    if (request.method !== "POST") return response.writeHead(405).end();
    try {
      const body = JSON.parse(await text(request)) as Body;
      const isVerified = body.username === username && body.password === password;
      response.writeHead(change(body) ?? (isVerified ? 204 : 401)).end();
    } catch {
      response.writeHead(onBad).end();
    }
  };
}

describe("a wrong listener", () => {
  test.each([
    { name: "nothing", handler: createListener(() => undefined), problems: [] },
    {
      name: "that it verifies nobody",
      handler: createListener(() => 204),
      problems: ["wrong-password NOT_REFUSED", "no-password NOT_REFUSED"],
    },
    {
      name: "that it fails for a body that is not JSON",
      handler: createListener(() => undefined, 500),
      problems: ["invalid-json SERVER_ERROR"],
    },
    {
      name: "that it knows its types only",
      handler: createListener(({ type }) => (type === "typeOfTomorrow" ? 422 : undefined)),
      problems: ["unknown-type NOT_ACKNOWLEDGED"],
    },
    {
      name: "that it reads members that are null",
      handler: createListener(({ firmwareList }) => (firmwareList.length < 0 ? 400 : undefined)),
      problems: ["null-members NOT_ACKNOWLEDGED"],
    },
    {
      name: "that it refuses a repeat",
      handler: createListener(({ callbackCount = 1 }) => (callbackCount > 1 ? 409 : undefined)),
      problems: ["repeat NOT_ACKNOWLEDGED", "repeat REPEAT_DIFFERS"],
    },
  ])("The report says $name", async ({ handler, problems }) => {
    const { exitCode, data } = await check(await listen(handler));
    expect(listProblems(data)).toEqual(problems);
    expect(exitCode).toBe(problems.length > 0 ? 1 : 0);
  });

  test("The report says that it limits the size of a body, and that it redirects", async () => {
    const small: RequestListener = async (request, response) => {
      const body = await text(request);
      response.writeHead(body.length > 100_000 ? 413 : 204).end();
    };
    expect(listProblems((await check(await listen(small))).data)).toContain("many-devices NOT_ACKNOWLEDGED");
    const redirecting: RequestListener = (_, response) => response.writeHead(307, { Location: "/" }).end();
    expect(listProblems((await check(await listen(redirecting))).data)).toContain("still-works REDIRECTED");
  });

  test("The report of a plain socket that closes after a message names the missing responses", async () => {
    let count = 0;
    const server = createSocketServer((socket) => {
      socket.on("error", () => {});
      count += 1;
      if (count > 1) return socket.destroy();
      socket.once("data", () => socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
    }).listen(0, "127.0.0.1");
    closing.push(() => server.close());
    await once(server, "listening");
    const { exitCode, data } = await check(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(exitCode).toBe(1);
    expect(listProblems(data)).toHaveLength(3);
    expect(data.skipped).toBe(data.cases.length - 4);
  });

  test("The report of a listener in Python names its faults", async () => {
    const script = new URL("listener.py", import.meta.url).pathname;
    const python = spawn("python3", [script], { stdio: ["ignore", "pipe", "inherit"] });
    closing.push(() => python.kill());
    const [port] = await once(python.stdout, "data");
    const { data } = await check(`http://127.0.0.1:${String(port).trim()}/fota`);
    expect(listProblems(data)).toEqual([
      "unknown-type NOT_ACKNOWLEDGED",
      "wrong-password SERVER_ERROR",
      "no-password SERVER_ERROR",
    ]);
  });

  test("A listener that is too slow gets no more messages after three", async () => {
    let count = 0;
    const url = await listen((request, response) => {
      count += 1;
      request.resume();
      if (count === 1) response.writeHead(204).end();
    });
    const report = await checkListener({ url: new URL(url), api: "v1" }, { timeLimitMs: 50 });
    expect(listProblems(report)).toEqual([
      "type-upgradeScheduled TOO_SLOW",
      "type-upgradeProgress TOO_SLOW",
      "type-upgradeFinished TOO_SLOW",
    ]);
  });

  test("The check of a listener that never answers ends after the time limit of the sender", async () => {
    const start = performance.now();
    const { exitCode, data } = await check(await listen((request) => void request.resume()));
    expect(exitCode).toBe(1);
    expect(listProblems(data)).toEqual(["type-firmwareList TOO_SLOW"]);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

test("A listener that does not run exits with 4", async () => {
  expect((await check("http://127.0.0.1:9/")).exitCode).toBe(4);
});

test.each([
  { url: "https://example.com/fota", more: [], code: "NOT_CONFIRMED" },
  { url: "https://example.com/fota", more: ["--yes-send-to", "example.org"], code: "NOT_CONFIRMED" },
  { url: "http://127.0.0.1.example.com/", more: [], code: "NOT_CONFIRMED" },
  { url: "http://me:secret@127.0.0.1/", more: [], code: "SECRET_IN_URL" },
  { url: "127.0.0.1:8080", more: [], code: "INVALID_URL" },
])("$url with $more is refused with $code", async ({ url, more, code }) => {
  const { exitCode, error } = await check(url, ...more);
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code });
});

test("The readable report names each fault with its case", async () => {
  const url = await listen(createListener(({ type }) => (type === "typeOfTomorrow" ? 422 : undefined)));
  const { output } = await runCommand(["check-listener", url, "--api", "v1", "--username", username], {
    env,
  });
  expect(output).toContain("unknown-type NOT_ACKNOWLEDGED: ");
  expect(Math.max(...output.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
});

test("The readable report of a listener that does not run names the cases that were not sent in one line", async () => {
  const url = `http://127.0.0.1:${await findFreePort()}/fota`;
  const { exitCode, output } = await runCommand(["check-listener", url, "--api", "v2"]);
  expect(exitCode).toBe(4);
  expect(output).toMatch(/^skipped {2}\d\d more cases\. /m);
  expect(output.match(/The listener does not respond\./g)).toHaveLength(1);
});
