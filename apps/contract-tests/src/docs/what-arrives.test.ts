import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { formatPath, getGeneration, walkSchema } from "@thingspace-callbacks/contract";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The page "What arrives" shows these files. Write them again after a change of the messages:
// npx pnpm@12 --filter @thingspace-callbacks/contract-tests exec vitest run what-arrives -u
const fileOf = (name: string) =>
  fileURLToPath(import.meta.resolve(`@thingspace-callbacks/docs/samples/what-arrives/${name}`));

const account = "0402196254-00001";
const deviceIds = ["990000000000001", "990000000000002"];
/** Values that differ in each upgrade. In the files they are those of the documents' examples. */
const exampleId = "e3a8d88a-04c6-4ef3-b039-89b62f91e962";
const exampleDate = "2018-04-01T16:03:00.000Z";

let received: string[] = [];
const listener = createServer(async (request, response) => {
  received.push(await text(request));
  response.writeHead(204).end();
});
let url = "";
let mock: Mock;
beforeAll(async () => {
  mock = await createMock();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/fota`;
});
afterAll(async () => {
  await mock.close();
  listener.close();
});
const send = (method: string, path: string, body: unknown) =>
  mock.fetch(`http://mock${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

/** Plays an upgrade of two devices, of which the second one fails, and returns the bodies that the listener received. */
async function playUpgrade(api: string): Promise<Record<string, unknown>[]> {
  received = [];
  const credentials = getGeneration(api).message.hasCredentials && {
    username: "listener",
    password: "correct horse battery staple",
  };
  const registrations = [{ api: getGeneration(api).registration, account, url, ...credentials }];
  expect((await send("PUT", "/mock/state", { registrations })).status).toBe(200);
  const played = await send("POST", "/mock/upgrades", { api, account, deviceIds, failures: 1 });
  const { upgradeId } = (await played.json()) as { upgradeId: string };
  await mock.idle();
  return received.map((body) =>
    JSON.parse(body.replaceAll(upgradeId, exampleId), (name, value) =>
      name === "startDate" ? exampleDate : value,
    ),
  );
}

/** Lists the names of all members of a value, with those of its members, as `formatPath` writes them. */
function listMembers(value: unknown, path: string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => listMembers(item, [...path, "[]"]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    formatPath([...path, name]),
    ...listMembers(member, [...path, name]),
  ]);
}

describe.each(["v1", "v2", "v3"])("an upgrade in %s", (api) => {
  test("The page shows the messages that the mock sends", async () => {
    const messages = await playUpgrade(api);
    expect(messages).toHaveLength(2 + 2 * deviceIds.length + 1);
    await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(fileOf(`${api}.json`));
  });

  test("Each member of the messages is in the document or has its evidence", async () => {
    const { body, memberEvidence } = getGeneration(api).message;
    const sent = new Set((await playUpgrade(api)).flatMap((message) => listMembers(message)));
    const explained = memberEvidence.flatMap(({ members }) => members);
    const documented = [...walkSchema(body.schema)].map(({ path }) => formatPath(path));
    const isExplained = (name: string) =>
      documented.includes(name) ||
      explained.some((known) => `${name}.`.replace("[]", ".").startsWith(`${known}.`));
    expect([...sent].filter((name) => !isExplained(name))).toEqual([]);
    expect(explained.filter((name) => !sent.has(name))).toEqual([]);
  });
});

test("Legacy sends the messages of V1", async () => {
  expect(await playUpgrade("legacy")).toEqual(await playUpgrade("v1"));
});

describe("the samples that read the status of a device", () => {
  const devices = {
    v1: ["Device Accepted", "Device Accepted", "UpgradeSuccess", "UpgradeFailed"],
    v2: ["Accepted", "Accepted", "UpgradeSuccess", "UpgradedFailed for UpgradePending"],
    v3: ["UpgradeScheduled", "UpgradeScheduled", "UpgradeSuccess", "RequestToFotaServerFailed"],
  };
  // The first two messages are about no device, the last one about both.
  const expected = (statuses: string[]) => [...statuses, ...statuses.slice(2)];

  test.each(Object.entries(devices))(
    "The function in TypeScript reads the messages of %s",
    async (api, statuses) => {
      const { readDevices } = await import(fileOf("read-devices.ts"));
      const read = (await playUpgrade(api)).flatMap((message) => readDevices(message));
      expect(read.map(({ status }) => status)).toEqual(expected(statuses));
      expect(readDevices({ deviceList: [null, { deviceId: 1 }], upgradeProgress: null })).toEqual([]);
    },
  );

  const hasPython = spawnSync("python3", ["--version"]).status === 0;
  test.runIf(hasPython)("The function in Python reads the same as the one in TypeScript", async () => {
    const { readDevices } = await import(fileOf("read-devices.ts"));
    const program = [
      readFileSync(fileOf("read_devices.py"), "utf8"),
      "import json, sys",
      "messages = [message for name in sys.argv[1:] for message in json.load(open(name))]",
      "print(json.dumps([device for message in messages for device in read_devices(message)]))",
    ].join("\n");
    const files = Object.keys(devices).map((api) => fileOf(`${api}.json`));
    const printed = execFileSync("python3", ["-c", program, ...files], { encoding: "utf8" });
    const messages = files.flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
    expect(JSON.parse(printed)).toEqual(messages.flatMap((message) => readDevices(message)));
  });
});
