import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHome, credentials, readControl, runCommand, sendControl, useMock } from "./command.ts";
import {
  former,
  killListen,
  leaveState,
  prepareFormer,
  readFormer,
  runListen,
  spawnListen,
  type Wait,
} from "./listening.ts";

const mock = useMock();
let home: string;
beforeEach(async () => {
  home = createHome();
  await fetch(`${mock.origin}/mock/state`, { method: "DELETE" });
});

const listening = (args: string[], use: (wait: Wait) => Promise<unknown>) =>
  runListen([...args, "--origin", mock.origin], { THINGSPACE_CALLBACKS_HOME: home }, use);

const trigger = (...args: string[]) => runCommand(["trigger", ...args, "--origin", mock.origin, "--json"]);

test.each(["v1", "v2", "v3", "legacy"])(
  "listen registers for %s, prints messages and removes its registration",
  async (api) => {
    const { exitCode } = await listening(["--api", api], async (wait) => {
      expect(await wait("listening")).toMatchObject({
        registered: true,
        url: expect.stringMatching(/\/\*\*\*$/),
      });
      await trigger("upgradeScheduled");
      expect(await wait("message")).toMatchObject({ message: expect.any(Object) });
    });
    expect(exitCode).toBe(0);
    expect((await readControl(mock.origin, "state")).registrations).toEqual([]);
    expect(readdirSync(join(home, "listen"))).toEqual([]);
  },
);

test("listen puts back what was registered before, with its password", async () => {
  await prepareFormer(mock.origin);
  await listening(["--api", "v1", "--account", former.account], async (wait) => {
    await wait("listening");
    expect((await readControl(mock.origin, "state")).registrations[0].url).not.toBe(former.url);
  });
  expect(await readFormer(mock.origin)).toEqual(former);
  expect(
    (await readControl(mock.origin, "snapshots")).snapshots.map(({ name }: { name: string }) => name),
  ).toEqual(["look"]);
});

test("listen leaves a URL that somebody else has registered since", async () => {
  await prepareFormer(mock.origin);
  await listening(["--api", "v1", "--account", former.account], async (wait) => {
    await wait("listening");
    await runCommand([
      ...["callbacks", "register", former.account, "--api", "v1", "--url", "https://other.example"],
      ...["--origin", mock.origin],
    ]);
  });
  expect((await readControl(mock.origin, "state")).registrations[0].url).toBe("https://other.example");
});

test("A second listen for the same registration is refused, because it would take the first for the former one", async () => {
  await prepareFormer(mock.origin);
  await listening(["--api", "v1"], async (wait) => {
    await wait("listening");
    const { exitCode, error } = await runCommand(["listen", "--origin", mock.origin, "--json"], {
      env: { THINGSPACE_CALLBACKS_HOME: home },
    });
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "REPLACED_ALREADY" });
  });
  expect(await readFormer(mock.origin)).toEqual(former);
});

test("listen --no-register registers nothing", async () => {
  await listening(["--no-register"], async (wait) => {
    expect(await wait("listening")).toMatchObject({ registered: false });
    expect((await readControl(mock.origin, "state")).registrations).toEqual([]);
  });
});

test("listen refuses a --forward-to that is not a URL, and does not register", async () => {
  const { exitCode, error } = await runCommand([
    "listen",
    "--forward-to",
    "8080",
    "--origin",
    mock.origin,
    "--json",
  ]);
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "INVALID_URL" });
});

describe("listen --forward-to", () => {
  const received: string[] = [];
  let status = 204;
  let server: Server;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      received.push(await text(request));
      response.writeHead(status).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => server.close());
  const getUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  test("The message is forwarded as it came, and the response is shown without the password", async () => {
    await prepareFormer(mock.origin);
    await listening(["--forward-to", getUrl(), "--account", former.account], async (wait) => {
      await wait("listening");
      await trigger("upgradeScheduled", "--set", "extra=null", "--set", "password=very-secret");
      const message = await wait("message");
      expect(message).toMatchObject({ type: "upgradeScheduled", forwarded: { status: 204 } });
      expect(JSON.stringify(message)).not.toContain("very-secret");
    });
    expect(JSON.parse(received[0] ?? "")).toMatchObject({ extra: null, password: "very-secret" });
  });

  test.each([
    { login: "that of the former registration", args: [], expected: former },
    {
      login: "another one",
      args: ["--username", "other"],
      expected: { username: "other", password: "secret" },
    },
  ])("The program gets the username and password of the registration: $login", async ({ args, expected }) => {
    await prepareFormer(mock.origin);
    status = 204;
    received.length = 0;
    const all = ["--forward-to", getUrl(), "--account", former.account, ...args, "--origin", mock.origin];
    const env = { THINGSPACE_CALLBACKS_HOME: home, THINGSPACE_CALLBACK_PASSWORD: "secret" };
    await runListen(all, env, async (wait) => {
      await wait("listening");
      await trigger("upgradeScheduled");
      await wait("message");
    });
    const { username, password } = expected;
    expect(JSON.parse(received[0] ?? "")).toMatchObject({ username, password });
    expect(await readFormer(mock.origin)).toEqual(former);
  });

  test("A message that the program refuses is refused", async () => {
    status = 500;
    const { errors } = await listening(["--forward-to", getUrl()], async (wait) => {
      await wait("listening");
      const sent = trigger("upgradeScheduled", "--wait", "0");
      expect(await wait("message")).toMatchObject({ forwarded: { status: 500 } });
      expect((await sent).exitCode).toBe(1);
    });
    expect(errors).not.toContain("HANDLER_FAILED");
  });
});

describe("a registration that is refused", () => {
  const listFiles = () => (readdirSync(home).includes("listen") ? readdirSync(join(home, "listen")) : []);
  const run = (...args: string[]) =>
    runCommand([...args, "--json"], { env: { THINGSPACE_CALLBACKS_HOME: home } });

  test.each([
    { name: "of an account that is not one", fault: undefined, account: "12", exitCode: 3 },
    { name: "with 401", fault: { status: 401 }, account: former.account, exitCode: 3 },
    { name: "with 400", fault: { status: 400 }, account: former.account, exitCode: 3 },
  ])("listen leaves nothing to restore after a refusal $name", async ({ fault, account, exitCode }) => {
    await prepareFormer(mock.origin);
    if (fault) await addFault(fault);
    const refused = await run("listen", "--account", account, "--origin", mock.origin);
    expect({ exitCode: refused.exitCode, files: listFiles() }).toEqual({ exitCode, files: [] });
    expect(refused.errors).not.toContain("--restore");
    expect(await readFormer(mock.origin)).toEqual(former);
    expect((await readControl(mock.origin, "snapshots")).snapshots).toHaveLength(1);
  });

  test("listen leaves a record after a response that is no refusal, and --forget removes it", async () => {
    // The registration is not made, but the command cannot know that, and cannot put it back either.
    await addFault({ status: 500 });
    await addFault({ status: 500, operationId: "listRegisteredCallbacks" });
    const failed = await run("listen", "--api", "v2", "--origin", mock.origin);
    expect(failed.errors).toContain("listen --forget");
    expect(listFiles()).toHaveLength(1);
    expect((await run("listen", "--restore")).exitCode).not.toBe(0);

    const elsewhere = await run("listen", "--forget", "--origin", "http://127.0.0.1:9");
    const other = await run("listen", "--forget", "--origin", mock.origin, "--account", "0000000000-00001");
    expect([elsewhere.data.forgotten, other.data.forgotten]).toEqual([[], []]);
    const { exitCode, data } = await run("listen", "--forget", "--origin", mock.origin);
    expect(exitCode).toBe(0);
    expect(data.forgotten).toMatchObject([{ api: "v2" }]);
    expect(listFiles()).toEqual([]);
  });

  test("listen --forget leaves the record of a listener that runs", async () => {
    await prepareFormer(mock.origin);
    await listening([], async (wait) => {
      await wait("listening");
      const { data } = await run("listen", "--forget", "--origin", mock.origin);
      expect(data.forgotten).toEqual([]);
    });
    expect(await readFormer(mock.origin)).toEqual(former);
  });

  test.each([
    { chosen: ["--space", "a"], forgotten: "a", left: [undefined, "b"] },
    { chosen: [], forgotten: undefined, left: ["a", "b"] },
  ])("listen --forget $chosen forgets only what is left in that space", async ({ chosen, ...expected }) => {
    for (const space of [undefined, "a", "b"])
      leaveState(home, {
        origin: mock.origin,
        ...(space !== undefined && { space }),
        former: { snapshot: `listen-${space}` },
      });
    const { data } = await run("listen", "--forget", "--origin", mock.origin, ...chosen);
    expect(data.forgotten).toHaveLength(1);
    expect(data.forgotten[0].space).toBe(expected.forgotten);
    expect(data.forgotten[0].former).toEqual({ snapshot: `listen-${expected.forgotten}` });
    const { data: restored } = await run("listen", "--restore");
    expect(restored.restored.map(({ space }: { space?: string }) => space).sort()).toEqual(
      [...expected.left].sort(),
    );
  });

  test("listen --forget names the space that has the snapshot", async () => {
    leaveState(home, { origin: mock.origin, space: "a", former: { snapshot: "kept" } });
    const args = ["listen", "--forget", "--origin", mock.origin, "--space", "a"];
    const { output } = await runCommand(args, { env: { THINGSPACE_CALLBACKS_HOME: home } });
    expect(output).toMatch(/ in the space a: .* kept /);
  });

  test("The command that forgets what cannot be restored names its space", async () => {
    leaveState(home, { origin: "http://127.0.0.1:9", space: "a" });
    const { output } = await runCommand(["listen", "--restore"], {
      env: { THINGSPACE_CALLBACKS_HOME: home },
    });
    expect(output).toMatch(/listen --forget .* --space a --account/);
  });

  test("--forget and --restore exclude each other", async () => {
    expect((await run("listen", "--forget", "--restore")).exitCode).toBe(2);
  });

  const addFault = (fault: object) =>
    sendControl(mock.origin, "POST", "faults", { operationId: "registerCallback", ...fault });
});

describe("what listen left at one mock", () => {
  const isolated = useMock();
  const restore = async (env: Record<string, string>, ...args: string[]) => {
    const all = ["listen", "--restore", ...args, "--json"];
    const { data } = await runCommand(all, { env: { THINGSPACE_CALLBACKS_HOME: home, ...env } });
    return data.restored[0];
  };

  test.each([
    { secrets: "the credentials", env: credentials },
    { secrets: "the control token", env: { MOCK_CONTROL_TOKEN: "token" } },
  ])("listen --restore does not send it $secrets of another mock", async ({ env }) => {
    leaveState(home, { origin: isolated.origin });
    const before = (await readControl(isolated.origin, "requests")).total;
    const failed = await restore(env, "--origin", mock.origin);
    expect(failed).toMatchObject({ outcome: "failed", error: { code: "OTHER_ENVIRONMENT" } });
    expect(failed.error.remedy).toContain(`--origin ${isolated.origin}`);
    expect((await readControl(isolated.origin, "requests")).total).toBe(before);
    expect(await restore(env, "--origin", isolated.origin)).toMatchObject({ outcome: "unchanged" });
  });

  test("listen --restore finds it without --origin when there are no credentials", async () => {
    leaveState(home, { origin: isolated.origin });
    expect(await restore({})).toMatchObject({ outcome: "unchanged" });
  });

  test("An error about its origin does not name the option with another origin", async () => {
    leaveState(home, { origin: "http://mock.example" });
    const { error } = await restore({}, "--origin", mock.origin);
    expect(error).toMatchObject({ code: "PLAIN_HTTP" });
    expect(error.message).not.toContain("--origin");
  });
});

describe("a process that ends", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s puts back the former registration", async (signal) => {
    await prepareFormer(mock.origin);
    const child = spawnListen(mock.origin, home);
    await once(child.stdout, "data");
    child.kill(signal);
    const [exitCode] = await once(child, "exit");
    expect(exitCode).toBe(0);
    expect(await readFormer(mock.origin)).toEqual(former);
  });

  test("listen --restore puts back the former registration after kill -9 at any moment", async () => {
    await prepareFormer(mock.origin);
    for (const afterMs of [0, undefined, 350]) {
      await killListen(mock.origin, home, afterMs);
      const { exitCode } = await runCommand(["listen", "--restore", "--json"], {
        env: { THINGSPACE_CALLBACKS_HOME: home },
      });
      expect(exitCode).toBe(0);
      expect(await readFormer(mock.origin)).toEqual(former);
      expect(readdirSync(home).includes("listen") ? readdirSync(join(home, "listen")) : []).toEqual([]);
    }
  });

  test("The next listen puts back what a killed one left, and listen --restore leaves a running one alone", async () => {
    await prepareFormer(mock.origin);
    await killListen(mock.origin, home, undefined);
    await listening(["--account", former.account], async (wait) => {
      await wait("listening");
      const { data } = await runCommand(["listen", "--restore", "--json"], {
        env: { THINGSPACE_CALLBACKS_HOME: home },
      });
      expect(data.restored).toMatchObject([{ outcome: "running" }]);
    });
    expect(await readFormer(mock.origin)).toEqual(former);
  });
});
