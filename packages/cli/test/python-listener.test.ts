import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { createHome, runCommand } from "./command.ts";

const script = fileURLToPath(new URL("../../../apps/docs/samples/receiving/listener.py", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const login = { CALLBACK_USERNAME: "me", CALLBACK_PASSWORD: "correct-password" };
const secret = "a2c1b7c4-5d0e-4f39-9d2c-0f6f6d1f1d55";
const message = { username: "me", password: "correct-password", type: "upgradeFinished" };

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const listener of running) listener.kill();
  running.clear();
});

/** Starts the listener of the docs, and collects the lines that it prints. */
async function start(variables: Record<string, string>, store = join(createHome(), "messages.db")) {
  const env = { ...process.env, PORT: "0", CALLBACK_STORE: store, ...variables };
  const listener = spawn("python3", [script], { env, stdio: ["ignore", "pipe", "inherit"] });
  running.add(listener);
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    listener.once("exit", () => reject(new Error("The listener ended.")));
    createInterface(listener.stdout).on("line", (line) => {
      const [, address] = /^listening on (.*)$/.exec(line) ?? [];
      if (address) resolve(`${address}/fota`);
      else lines.push(line);
    });
  });
  return { url, store, lines, listener };
}

/** Opens the listener's file, and waits while the listener writes to it. */
const openStore = (store: string) => new DatabaseSync(store, { timeout: 60_000 });

const post = async (url: string, body: object) =>
  (await fetch(url, { method: "POST", body: JSON.stringify(body) })).status;
const handled = (lines: string[]) => lines.filter((line) => line.startsWith("message "));

describe.runIf(hasPython)("the listener in Python of the docs", () => {
  test.each(["v1", "legacy"])("passes every case of %s by its password", async (api) => {
    const { url } = await start(login);
    const args = ["check-listener", url, "--api", api, "--username", "me", "--json"];
    const { exitCode, data } = await runCommand(args, {
      env: { THINGSPACE_CALLBACK_PASSWORD: login.CALLBACK_PASSWORD },
    });
    expect(data.cases.flatMap(({ problems }: { problems: object[] }) => problems)).toEqual([]);
    expect(exitCode).toBe(0);
  });

  test.each(["v2", "v3"])(
    "passes every case of %s by a secret in its path, and does not print it",
    async (api) => {
      const { url, lines } = await start({ CALLBACK_SECRET: secret });
      const args = ["check-listener", `${url}/${secret}`, "--api", api, "--path-secret", "--json"];
      const { exitCode, data } = await runCommand(args);
      expect(data.cases.flatMap(({ problems }: { problems: object[] }) => problems)).toEqual([]);
      expect(exitCode).toBe(0);
      expect(lines.join()).not.toContain(secret);
    },
  );

  test("responds to every other method with 405", async () => {
    const { url } = await start(login);
    const send = (method: string) =>
      new Promise<unknown>((resolve, reject) => {
        const sent = request(url, { method }, (response) => resolve(response.resume().statusCode));
        sent.on("error", reject).end();
      });
    const methods = ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];
    expect(await Promise.all(methods.map(send))).toEqual(methods.map(() => 405));
  });

  test("handles a repeat once, and a message that changed again", async () => {
    const { url, lines } = await start(login);
    expect(await post(url, { ...message, callbackCount: 1 })).toBe(204);
    expect(await post(url, { ...message, callbackCount: 2 })).toBe(204);
    expect(await post(url, { ...message, callbackCount: 1, upgradeId: "other" })).toBe(204);
    await expect.poll(() => handled(lines).length).toBe(2);
    expect(handled(lines)[1]).toContain("other");
  });

  test("neither prints nor stores the password", async () => {
    const { url, lines, store } = await start(login);
    await post(url, message);
    await expect.poll(() => handled(lines).length).toBe(1);
    expect(lines.join()).not.toContain(message.password);
    const database = openStore(store);
    const rows = database.prepare("SELECT body FROM messages").all();
    database.close();
    expect(rows).toEqual([{ body: expect.stringContaining(message.type) }]);
    expect(JSON.stringify(rows)).not.toContain(message.password);
  });

  test("deletes a message that was handled long ago", async () => {
    const { url, lines, store } = await start(login);
    await post(url, message);
    await expect.poll(() => handled(lines).length).toBe(1);
    const database = openStore(store);
    await expect
      .poll(() => database.prepare("UPDATE messages SET at = 0 WHERE handled = 1").run().changes)
      .toBe(1);
    await post(url, { ...message, type: "upgradeStarted" });
    await expect
      .poll(() => database.prepare("SELECT body FROM messages").all())
      .toEqual([{ body: expect.stringContaining("upgradeStarted") }]);
    database.close();
  });

  test("handles a message after a restart that it stored and did not handle", async () => {
    const first = await start(login);
    await post(first.url, message);
    await expect.poll(() => handled(first.lines).length).toBe(1);
    first.listener.kill();
    await once(first.listener, "exit");
    const database = openStore(first.store);
    expect(database.prepare("UPDATE messages SET handled = 0, due = 0").run().changes).toBe(1);
    database.close();
    const second = await start(login, first.store);
    await expect.poll(() => handled(second.lines).length).toBe(1);
  });

  test.each([
    { what: "a body that is too large", body: "x".repeat(2 * 1024 * 1024 + 1), status: 413 },
    { what: "a body that is nested too deeply", body: "[".repeat(100_000), status: 400 },
    { what: "a list", body: "[]", status: 400 },
    { what: "a password that is not a text", body: JSON.stringify({ ...message, password: 1 }), status: 401 },
    { what: "half a character", body: String.raw`{"username":"me","password":"\ud800"}`, status: 401 },
  ])("refuses $what with $status", async ({ body, status }) => {
    const { url } = await start(login);
    // The listener may close the connection while the body is sent.
    const answer = await new Promise((resolve, reject) => {
      const sent = request(url, { method: "POST", headers: { "Content-Length": body.length } }, (response) =>
        resolve(response.resume().statusCode),
      );
      sent.on("error", reject).write(body.slice(0, 200_000));
      if (body.length <= 200_000) sent.end();
    });
    expect(answer).toBe(status);
  });

  test.each(["", "short"])("does not start without a password and with the secret '%s'", (short) => {
    const env = { ...process.env, CALLBACK_SECRET: short, CALLBACK_USERNAME: "", CALLBACK_PASSWORD: "" };
    expect(spawnSync("python3", [script], { env }).status).toBe(1);
  });
});
