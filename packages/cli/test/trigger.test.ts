import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { generations } from "../src/generated/facts.ts";
import { listApis } from "../src/service/registrations.ts";
import { createHome, runCommand, sendControl, useMock } from "./command.ts";

const mock = useMock({ sender: "measured" });
const account = "0242078689-00001";
const received: Record<string, unknown>[] = [];
let status = 204;
let beforeResponse = async () => {};
let server: Server;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    received.push(JSON.parse(await text(request)));
    await beforeResponse();
    response.writeHead(status).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.close());

beforeEach(async () => {
  received.length = 0;
  status = 204;
  beforeResponse = async () => {};
  await fetch(`${mock.origin}/mock/state`, { method: "DELETE" });
});

const listenerUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/fota`;
const command = (...args: string[]) => runCommand([...args, "--origin", mock.origin, "--json"]);
const register = (api: string) =>
  command("callbacks", "register", account, "--api", api, "--url", listenerUrl());

test("trigger sends one message to the only registration and shows the response", async () => {
  await register("v1");
  const { exitCode, data } = await command("trigger", "upgradeScheduled");
  expect(exitCode).toBe(0);
  expect(data).toMatchObject({
    ok: true,
    deliveries: [{ status: "delivered", attempts: [{ status: 204 }] }],
  });
  expect(received).toMatchObject([{ type: "upgradeScheduled", accountName: account }]);
});

test("trigger names the delivery of another generation that a message waits behind", async () => {
  await sendControl(mock.origin, "PUT", "clock", { frozen: true });
  status = 503;
  await register("v1");
  await register("v2");
  const first = await command("trigger", "upgradeScheduled", "--api", "v1", "--wait", "0");
  const second = await runCommand([
    "trigger",
    "upgradeScheduled",
    "--api",
    "v2",
    "--wait",
    "0",
    "--origin",
    mock.origin,
  ]);
  const [{ id }] = first.data.deliveries;
  expect(second.exitCode).toBe(1);
  expect(second.output).toContain(`waits behind delivery ${id} of v1`);
});

test("trigger --set changes one member and keeps those beside it", async () => {
  await register("v1");
  await command(
    "trigger",
    "upgradeScheduled",
    "--set",
    "upgradeScheduled.firmwareName=x",
    "--set",
    'extra={"a":1}',
  );
  expect(received[0]).toMatchObject({
    upgradeScheduled: { firmwareName: "x", upgradeId: expect.any(String) },
    extra: { a: 1 },
  });
});

test("trigger --file replaces the members of the message", async () => {
  await register("v2");
  const file = join(createHome(), "message.json");
  writeFileSync(file, '{"id":"from-a-file"}');
  await command("trigger", "--file", file);
  expect(received[0]).toMatchObject({ id: "from-a-file" });
});

test("trigger --repeat sends as many messages", async () => {
  await register("v2");
  const { data } = await command("trigger", "--repeat", "3", "--rate", "100");
  expect(data.deliveries).toHaveLength(3);
  expect(received).toHaveLength(3);
});

describe("deliveries that the mock does not keep", () => {
  const forgetful = useMock({ keepDeliveries: 1 });
  const trigger = (...args: string[]) =>
    runCommand(["trigger", ...args, "--origin", forgetful.origin, "--json"]);
  beforeEach(async () => {
    const registrations = [{ api: "v2", account, url: listenerUrl() }];
    await sendControl(forgetful.origin, "PUT", "state", { registrations });
  });

  test("trigger exits with 1 and names them when the mock keeps fewer than --repeat", async () => {
    const { exitCode, data } = await trigger("--repeat", "3");
    expect(received).toHaveLength(3);
    expect(exitCode).toBe(1);
    expect(data).toMatchObject({ ok: false, deliveries: [{ status: "delivered" }] });
    const [{ id }] = data.deliveries;
    expect(data.missing).toEqual([id - 2, id - 1]);
  });

  test("trigger exits with 1 and names them when somebody has cleared the deliveries", async () => {
    beforeResponse = () => sendControl(forgetful.origin, "DELETE", "deliveries");
    const { exitCode, data } = await trigger();
    expect(exitCode).toBe(1);
    expect(data).toEqual({ ok: false, deliveries: [], missing: [expect.any(Number)] });
  });
});

test("trigger prints the deliveries that the mock accepted before it refused one", async () => {
  await register("v2");
  beforeResponse = () => sendControl(mock.origin, "DELETE", "registrations");
  const { exitCode, data, error } = await command("trigger", "--repeat", "100", "--rate", "20");
  expect(exitCode).toBe(3);
  expect(error.code).toBeDefined();
  expect(data).toMatchObject({ ok: false, deliveries: expect.arrayContaining([expect.any(Object)]) });
});

test.each([
  { args: ["upgradeScheduled", "--repeat", "0"] },
  { args: ["upgradeScheduled", "--repeat", "-1"] },
  { args: ["upgradeScheduled", "--rate", "0"] },
  { args: ["upgrade", "--devices", "0"] },
])("trigger $args exits with 2 and sends nothing", async ({ args }) => {
  await register("v1");
  const { exitCode, error } = await command("trigger", ...args);
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "USAGE" });
  expect(received).toEqual([]);
});

test("trigger upgrade sends the messages of every device", async () => {
  await register("v1");
  const { exitCode, data } = await command("trigger", "upgrade", "--devices", "2", "--failures", "1");
  expect(exitCode).toBe(0);
  expect(data.upgradeId).toEqual(expect.any(String));
  expect(received.map(({ type }) => type)).toEqual([
    "firmwareList",
    "upgradeScheduled",
    ...Array(4).fill("upgradeProgress"),
    "upgradeFinished",
  ]);
});

test("A message that the listener refuses exits with 1", async () => {
  await register("v1");
  status = 500;
  const { exitCode, data } = await command("trigger", "upgradeScheduled");
  expect({ exitCode, ok: data.ok }).toEqual({ exitCode: 1, ok: false });
});

test("A message that the listener does not take leaves the command that looks for the reason", async () => {
  await register("v1");
  status = 500;
  const { output } = await runCommand([
    "trigger",
    "upgradeScheduled",
    "--wait",
    "1",
    "--origin",
    mock.origin,
  ]);
  expect(output).toContain("doctor --account");
});

test("trigger without a type sends nothing to a generation whose messages have one", async () => {
  await register("v1");
  const { exitCode, error } = await command("trigger");
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "TYPE_MISSING" });
  expect(received).toEqual([]);
});

test("Nothing registered exits with 2, and so do several registrations", async () => {
  expect((await command("trigger", "upgradeScheduled")).error.code).toBe("NOTHING_REGISTERED");
  await register("v1");
  await register("v2");
  const { exitCode, error } = await command("trigger", "upgradeScheduled");
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "SEVERAL_REGISTRATIONS" });
});

test.each([
  { args: ["trigger", "upgrade", "--set", "a=b"], exitCode: 2 },
  { args: ["trigger", "upgradeScheduled", "--devices", "3"], exitCode: 2 },
  { args: ["trigger", "upgradeScheduled", "--environment", "production"], exitCode: 2 },
  { args: ["trigger", "upgradeScheduled", "--api", "v1", "--account", "9999999999-00001"], exitCode: 3 },
])("$args exits with $exitCode", async ({ args, exitCode }) => {
  expect((await command(...args)).exitCode).toBe(exitCode);
});

test.each([
  { api: "v1", type: "upgradeSheduled", closest: "upgradeScheduled" },
  { api: "v1", type: "UPGRADEPROGRESS", closest: "upgradeProgress" },
  { api: "legacy", type: "upgrad", closest: "upgrade" },
])(
  "The misspelled type $type is not sent to $api, and $closest is suggested",
  async ({ api, type, closest }) => {
    await register(api);
    const { exitCode, error } = await command("trigger", type);
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "UNKNOWN_TYPE" });
    expect(error.remedy).toMatch(new RegExp(`^Known are: ${closest},`));
    expect(received).toEqual([]);
  },
);

test.each(
  listApis()
    .filter((api) => generations[api].message.types.length === 0)
    .map((api) => ({ api })),
)("trigger sends any type to $api, because its documents have no types", async ({ api }) => {
  await register(api);
  const { exitCode, errors } = await command("trigger", "statusChanged", "--api", api);
  expect(exitCode, errors).toBe(0);
  expect(received).toMatchObject([{ type: "statusChanged" }]);
});

test("trigger --unknown sends a type that the documents do not have", async () => {
  await register("v1");
  expect((await command("trigger", "typeOfTomorrow", "--unknown")).exitCode).toBe(0);
  expect(received).toMatchObject([{ type: "typeOfTomorrow" }]);
});
