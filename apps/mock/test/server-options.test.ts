import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { createMock } from "../src/mock.ts";
import { routes } from "../src/operations/routes.ts";
import { OptionError } from "../src/options.ts";
import { account, call } from "./call.ts";
import { tokens, useServer } from "./server.ts";

const main = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const v1 = `/api/fota/v1/callbacks/${account}`;

describe("cors", () => {
  const server = useServer({ cors: "https://app.example" });
  const closed = useServer();
  const preflight = {
    method: "OPTIONS",
    headers: {
      Origin: "https://app.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,vz-m2m-token",
    },
  };

  test("With cors, pages of the named origin can call the APIs", async () => {
    const asked = await fetch(server.origin + v1, preflight);
    expect(asked.status).toBe(204);
    expect(asked.headers.get("Access-Control-Allow-Origin")).toBe("https://app.example");
    const called = await fetch(server.origin + v1, { headers: { ...tokens, Origin: "https://app.example" } });
    expect(called.headers.get("Access-Control-Allow-Origin")).toBe("https://app.example");
    expect(called.status).toBe(200);
  });

  test("With cors, pages can read every documented header of a response", async () => {
    const { headers } = await fetch(server.origin + v1, { headers: { Origin: "https://app.example" } });
    const exposed = headers.get("Access-Control-Expose-Headers")?.split(", ");
    const documented = routes.flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap((response) => Object.keys(response.headers)),
    );
    expect(exposed).toEqual(expect.arrayContaining(documented));
  });

  test("With cors, pages can also update and deregister", async () => {
    const asked = await fetch(server.origin + v1, preflight);
    for (const method of ["PUT", "DELETE"]) {
      expect(asked.headers.get("Access-Control-Allow-Methods")).toContain(method);
    }
  });

  test("With cors, pages still cannot call the control operations", async () => {
    const headers = { Origin: "https://app.example" };
    expect((await fetch(`${server.origin}/mock/state`, { headers })).status).toBe(403);
  });

  test("Health and readiness are served", async () => {
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(closed.origin + path)).status).toBe(200);
  });

  test("Without cors, pages of another origin cannot call the APIs", async () => {
    const asked = await fetch(closed.origin + v1, preflight);
    expect(asked.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});

describe("cors of several origins", () => {
  const server = useServer({ cors: ["https://app.example", "http://localhost:5173"] });

  test.each([
    { origin: "https://app.example", allowed: "https://app.example" },
    { origin: "http://localhost:5173", allowed: "http://localhost:5173" },
    { origin: "https://other.example", allowed: null },
  ])("The response to $origin allows $allowed", async ({ origin, allowed }) => {
    const response = await fetch(server.origin + v1, { headers: { ...tokens, Origin: origin } });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(allowed);
  });

  test.each([
    "https://*.example.com",
    "https://app.example/",
    "https://APP.example",
    "https://app.example:443",
    "app.example",
    "ftp://app.example",
    "null",
    "",
    ["*", "https://app.example"],
  ])("The cors origin %j, which no browser sends, is refused", async (cors) => {
    await expect(createMock({ cors })).rejects.toThrow(OptionError);
  });
});

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const [certFile, keyFile] = [fixture("localhost.cert.pem"), fixture("localhost.key.pem")];

test("Https is served with a certificate and key", async () => {
  const tls = { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
  const mock = await createMock({ tls });
  const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  expect(origin).toMatch(/^https:/);
  const sent = request(origin + v1, { ca: tls.cert, headers: tokens, agent: false }).end();
  const [response] = await once(sent, "response");
  expect(response.statusCode).toBe(200);
  expect(await text(response)).toBe("[]");
  await mock.close();
});

describe("the command", () => {
  /** Starts the command, gives its origin to `use`, and collects what it logs. */
  async function run(args: string[], use: (origin: string) => Promise<void>) {
    const child = spawn(process.execPath, [main, "--port", "0", ...args]);
    const log = text(child.stderr);
    for await (const line of createInterface({ input: child.stdout })) {
      const origin = /listens on (\S+)/.exec(line)?.[1];
      if (!origin) continue;
      child.stdout.resume();
      await use(origin);
      break;
    }
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    return { code, log: await log };
  }

  test("The command logs one line per request and per attempt, without tokens and passwords, and stops with exit code 0 on SIGTERM", async () => {
    const { code, log } = await run([], async (origin) => {
      const headers = {
        Authorization: "Bearer t0ps3cret",
        "VZ-M2M-Token": "t0ps3cret",
        "Content-Type": "application/json",
      };
      const body = JSON.stringify({ name: "Fota", url: "https://example.com", password: "hunter2" });
      await fetch(origin + v1, { method: "POST", headers, body });
      await fetch(`${origin}/nothing?password=hunter2`);
      await call(origin, "POST", v1, {
        name: "Fota",
        url: `http://me:hunter2@${new URL(origin).host}/nothing`,
      });
      await call(origin, "POST", "/mock/events", { api: "v1", account, type: "upgradeScheduled" });
      await expect
        .poll(async () => (await call(origin, "GET", "/mock/deliveries")).body.deliveries[0].attempts.length)
        .toBe(1);
    });
    expect(code).toBe(0);
    const lines = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.slice(0, 4)).toMatchObject([
      {
        operation: "v1.registerCallback",
        account,
        status: 200,
        ms: expect.any(Number),
        time: expect.any(Number),
      },
      { operation: "GET /nothing?password=[redacted]", status: 404 },
      { operation: "v1.registerCallback", account, status: 200 },
      { operation: "control.sendEvent", status: 202 },
    ]);
    const attempts = lines.filter(({ operation }) => operation === "deliver");
    expect(attempts).toMatchObject([{ account, status: 404, delivery: 1, ms: expect.any(Number) }]);
    for (const secret of ["t0ps3cret", "hunter2"]) expect(log).not.toContain(secret);
  });

  test("The command logs no requests with --quiet", async () => {
    const { log } = await run(["--quiet"], async (origin) => {
      await fetch(origin + v1, { headers: tokens });
      await fetch(`${origin}/nothing`);
    });
    expect(log).toBe("");
  });

  test("The command accepts a burst of a thousand connections before it handles one", async () => {
    const child = spawn(process.execPath, [main, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
    let origin: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      origin = /listens on (\S+)/.exec(line)?.[1];
      if (origin) break;
    }
    child.kill("SIGSTOP");
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    const { hostname, port } = new URL(origin ?? "");
    const sockets = Array.from({ length: 1_000 }, () => connect(Number(port), hostname));
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    for (const socket of sockets) socket.destroy();
  });

  test.each([
    { title: "an option", args: ["--prot", "5000"], message: /^error: unknown option '--prot'/ },
    { title: "a file", args: ["--store", main], message: /bin\.js is not a store of this mock/ },
  ])("The command refuses $title with a sentence and exit code 1", async ({ args, message }) => {
    const child = spawn(process.execPath, [main, "--port", "0", ...args]);
    const [log, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(code).toBe(1);
    expect(log).toMatch(message);
    expect(log).not.toContain("    at ");
  });
});
