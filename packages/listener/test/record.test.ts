import { describe, expect, test } from "vitest";
import { OptionError } from "../src/index.ts";
import { createRecorder } from "../src/record.ts";

function watch(salt?: string) {
  const lines: string[] = [];
  return { record: createRecorder({ api: "v1", write: (line) => lines.push(line), salt }), lines };
}

const secret = "hunter2 and more";
const real = {
  type: "upgradeProgress",
  accountName: "0402196254-00001",
  participantName: "0402196254-00001",
  username: "wilhelmina",
  password: secret,
  upgradeProgress: {
    upgradeId: "e3a8d88a-04c6-4ef3-b039-89b62f91e962",
    status: "InProgress",
    percent: 40,
    startedAt: "2026-11-28T03:00:00.000Z",
    deviceList: [
      {
        deviceId: "990013907835573",
        owner: "Wilhelmina Muster",
        note: "call 555 1234",
        resultReason: "Success",
      },
    ],
    "990013907835573": {
      sessionToken: "abc",
      phone: 4915112345678,
      url: "https://me:pw@example.com/wilhelmina",
    },
  },
  callbackCount: 1,
  isFinal: false,
};

describe("a recorded message", () => {
  test("contains no secret and no identifier, in the line or in what is returned", async () => {
    const { record, lines } = watch();
    const recorded = await record(real);
    const hidden = [
      secret,
      "0402196254",
      "wilhelmina",
      "Wilhelmina",
      "Muster",
      "e3a8d88a-04c6",
      "990013907835573",
      "555",
      'abc"',
      "4915112345678",
      "example.com",
    ];
    for (const text of [lines.join(""), JSON.stringify(recorded)]) {
      expect(hidden.filter((value) => text.includes(value))).toEqual([]);
    }
  });

  test("keeps words of the API, dates, small numbers and the kinds of values", async () => {
    const { message } = await watch().record(real);
    expect(message).toMatchObject({
      type: "upgradeProgress",
      password: "[redacted]",
      upgradeProgress: {
        status: "InProgress",
        percent: 40,
        startedAt: "2026-11-28T03:00:00.000Z",
        upgradeId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
        deviceList: [{ deviceId: expect.stringMatching(/^[1-9]\d{14}$/), resultReason: "Success" }],
      },
      callbackCount: 1,
      isFinal: false,
    });
  });

  test("has the same replacement for the same value, in this message and in others", async () => {
    const { record } = watch();
    const first = (await record(real)).message as typeof real;
    const second = (await record({ ...real, type: "upgradeFinished" })).message as typeof real;
    expect(first.participantName).toBe(first.accountName);
    expect(second.accountName).toBe(first.accountName);
    expect(first.username).not.toBe(first.accountName);
    expect(((await watch().record(real)).message as typeof real).accountName).not.toBe(first.accountName);
    const salted = async () => (await watch("a salt").record(real)).message;
    expect(await salted()).toEqual(await salted());
  });

  test("is a line of JSON", async () => {
    const { record, lines } = watch();
    const recorded = await record(real);
    await record({ type: "new\nline" });
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.indexOf("\n") === line.length - 1)).toBe(true);
    expect(JSON.parse(lines[0] ?? "")).toEqual(recorded);
  });

  test.each([
    { of: "deeply nested lists", message: JSON.parse(`${"[".repeat(10_000)}${"]".repeat(10_000)}`) },
    { of: "a long list", message: { firmwareList: Array.from({ length: 10_000 }, () => ({ x: "y" })) } },
    { of: "no object", message: "text" },
  ])("stays short if it consists of $of", async ({ message }) => {
    const { record, lines } = watch();
    await record(message);
    expect(lines.join("").length).toBeLessThan(2_000);
  });
});

describe("the news of a message", () => {
  const { record } = watch();
  test("are none for a message as documented", async () => {
    const message = { type: "upgradeScheduled", accountName: null, upgradeScheduled: { upgradeId: "1" } };
    expect((await record(message)).news).toEqual([]);
  });

  test("name each unknown member once, with its type", async () => {
    const firmwareList = [{ size: 1.5 }, { size: 2.5, make: "x" }];
    const { news } = await record({ type: "firmwareList", firmwareList, upgradeProgress: { list: [] } });
    expect(news).toEqual([
      { kind: "unknownMember", path: "/firmwareList/[]/size", found: "number" },
      { kind: "unknownMember", path: "/upgradeProgress/list", found: "array" },
    ]);
  });

  test("name a documented member with another type of value", async () => {
    const { news } = await record({ type: "firmwareList", accountName: 7, firmwareList: {} });
    expect(news).toEqual([
      { kind: "otherType", path: "/accountName", found: "integer", documented: "string" },
      { kind: "otherType", path: "/firmwareList", found: "object", documented: "array" },
    ]);
  });

  test("name an unknown type", async () => {
    expect((await record({ type: "upgradePaused" })).news).toEqual([
      { kind: "unknownType", path: "/type", found: "upgradePaused" },
    ]);
    expect((await record({ type: "call me at 555" })).news).toEqual([
      { kind: "unknownType", path: "/type", found: "another text" },
    ]);
  });

  test("say that a message is no object", async () => {
    expect((await record([1])).news).toEqual([
      { kind: "otherType", path: "", found: "array", documented: "object" },
    ]);
  });
});

test.each([
  { option: "api", options: { api: "v9", write: () => {} } },
  { option: "write", options: { api: "v1" } },
  { option: "salt", options: { api: "v1", write: () => {}, salt: "" } },
])("a wrong $option is refused when the recorder is created", ({ option, options }) => {
  expect(() => createRecorder(options as never)).toThrow(expect.objectContaining({ option }));
  expect(() => createRecorder(options as never)).toThrow(OptionError);
});
