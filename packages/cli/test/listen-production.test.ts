import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { findFreePort } from "@thingspace-callbacks/test-support";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHome, credentials, readControl, runCommand, useMock } from "./command.ts";
import { former, prepareFormer, readFormer, runListen, spawnListen } from "./listening.ts";

// The mock plays production: the command does not use its control API.
const mock = useMock();
const right = { THINGSPACE_CALLBACK_PASSWORD: former.password };
let port: number;
let tunnel: Server;
let publicUrl: string;
let home: string;

beforeAll(async () => {
  port = await findFreePort();
  tunnel = createServer((incoming, response) => {
    const { method = "", url, headers } = incoming;
    const outgoing = sendRequest({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.writeHead(502).end());
    incoming.pipe(outgoing);
  }).listen(0, "127.0.0.1");
  await once(tunnel, "listening");
  publicUrl = `http://127.0.0.1:${(tunnel.address() as AddressInfo).port}`;
});
afterAll(() => tunnel.close());
beforeEach(async () => {
  home = createHome();
  await fetch(`${mock.origin}/mock/state`, { method: "DELETE" });
});

const production = () => ["--environment", "production", "--origin", mock.origin];
const withTunnel = () => [
  ...[...production(), "--account", former.account],
  ...["--port", String(port), "--public-url", publicUrl],
];
const getEnv = (more = {}) => ({ THINGSPACE_CALLBACKS_HOME: home, ...credentials, ...more });
const readUrls = async () =>
  (await readControl(mock.origin, "state")).registrations.map(({ url }: { url: string }) => url);

test("listen on production without --public-url registers nothing", async () => {
  await runListen(production(), getEnv(), async (wait) => {
    expect(await wait("listening")).toMatchObject({ registered: false });
  });
});

test("listen --public-url receives messages of production, and puts back the former URL with its login", async () => {
  await prepareFormer(mock.origin);
  const args = [...withTunnel(), "--yes", "--username", former.username];
  const { exitCode } = await runListen(args, getEnv(right), async (wait) => {
    expect(await wait("listening")).toMatchObject({ url: `${publicUrl}/***`, registered: true });
    const sent = await runCommand(["trigger", "upgradeScheduled", "--origin", mock.origin, "--json"]);
    expect(sent.data).toMatchObject({ ok: true, deliveries: [{ attempts: [{ status: 204 }] }] });
    expect(await wait("message")).toMatchObject({ type: "upgradeScheduled" });
    const [file = ""] = readdirSync(join(home, "listen"));
    const state = readFileSync(join(home, "listen", file), "utf8");
    expect(JSON.parse(state).former).toEqual({ url: former.url, username: former.username });
  });
  expect(exitCode).toBe(0);
  expect(await readFormer(mock.origin)).toEqual(former);
  expect(readdirSync(join(home, "listen"))).toEqual([]);
});

test("listen --public-url removes its registration if nothing was registered", async () => {
  const { exitCode } = await runListen([...withTunnel(), "--api", "v2", "--yes"], getEnv(), async (wait) => {
    await wait("listening");
    expect(await readUrls()).toHaveLength(1);
  });
  expect(exitCode).toBe(0);
  expect(await readUrls()).toEqual([]);
});

/** Answers the questions in turn. */
function answering(...answers: string[]) {
  const asked: boolean[] = [];
  const ask = async (_: string, isSecret: boolean) => {
    asked.push(isSecret);
    return answers.shift() ?? "";
  };
  return { asked, change: { isTerminal: true, ask } };
}

test("On a terminal listen asks before it registers, then for the login, and hides the password", async () => {
  await prepareFormer(mock.origin);
  const { asked, change } = answering("y", former.username, former.password, former.password);
  const printed = await runListen(withTunnel(), getEnv(), (wait) => wait("listening"), change);
  expect(asked).toEqual([false, false, true, true]);
  expect(printed.errors).toContain(former.url);
  expect(printed.errors).not.toContain(former.password);
  expect(await readFormer(mock.origin)).toEqual(former);
});

test("On a terminal the user can say that the former registration has no login", async () => {
  await runCommand([
    ...["callbacks", "register", former.account, "--api", "v1", "--url", former.url],
    ...["--origin", mock.origin],
  ]);
  const { change } = answering("yes", "");
  await runListen(withTunnel(), getEnv(), (wait) => wait("listening"), change);
  expect(await readUrls()).toEqual([former.url]);
});

describe("What listen refuses at production changes nothing", () => {
  test.each([
    { when: "without a terminal and --yes", code: "NOT_CONFIRMED" },
    { when: "when the answer is no", answers: ["n"], code: "NOT_CONFIRMED" },
    {
      when: "when no login of the former registration is given",
      args: ["--yes"],
      code: "FORMER_LOGIN_UNKNOWN",
    },
    {
      when: "when the password of the former registration is missing",
      args: ["--yes", "--username", "former"],
      code: "PASSWORD_MISSING",
    },
    { when: "when the passwords differ", answers: ["y", "former", "one", "two"], code: "PASSWORDS_DIFFER" },
    { when: "when the URL is plain http", args: ["--public-url", "http://a.example"], code: "INVALID_URL" },
    { when: "when the tunnel needs a port", args: ["--port", "0"], code: "PORT_MISSING" },
    { when: "when the URL leads elsewhere", elsewhere: true, code: "TUNNEL_ELSEWHERE", exitCode: 4 },
  ])("$when", async ({ args = [], answers, elsewhere, code, exitCode = 2 }) => {
    await prepareFormer(mock.origin);
    const all = [...withTunnel(), ...args, ...(elsewhere ? ["--public-url", mock.origin] : []), "--json"];
    const change = answers && answering(...answers).change;
    const printed = await runCommand(["listen", ...all], { ...change, env: getEnv() });
    expect({ exitCode: printed.exitCode, code: printed.error.code }).toEqual({ exitCode, code });
    expect(await readFormer(mock.origin)).toEqual(former);
  });

  test("without an account, because the documents' example is nobody's", async () => {
    const args = [...production(), "--public-url", publicUrl, "--port", String(port), "--json"];
    const { exitCode, error } = await runCommand(["listen", ...args], { env: getEnv() });
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "ACCOUNT_MISSING" });
  });
});

test("After kill -9, listen --restore puts back the former URL once it has credentials and password", async () => {
  await prepareFormer(mock.origin);
  const args = [...withTunnel(), "--yes", "--username", former.username];
  const child = spawnListen(mock.origin, home, args, { ...credentials, ...right });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  const restore = async (more: string[], env = {}) =>
    (await runCommand(["listen", "--restore", "--json", ...more], { env: getEnv(env) })).data.restored[0];

  expect(await restore([])).toMatchObject({ outcome: "failed", error: { code: "OTHER_ENVIRONMENT" } });
  expect(await restore(["--environment", "production"])).toMatchObject({
    error: { code: "OTHER_ENVIRONMENT" },
  });
  expect(await restore(production())).toMatchObject({ error: { code: "PASSWORD_MISSING" } });
  expect(await restore(production(), right)).toMatchObject({ outcome: "restored" });
  expect(await readFormer(mock.origin)).toEqual(former);
});
