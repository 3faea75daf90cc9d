import { expect, test } from "vitest";
import { readMessage } from "./message.ts";
import type { RawDocument, RawOperation } from "./raw.ts";

function read(change: Partial<RawOperation> = {}) {
  const post: RawOperation = {
    operationId: "receive",
    summary: "Receive",
    description: "Comes.",
    tags: ["Messages"],
    security: [],
    "x-message-type": "/kind",
    "x-account": "/customer/name",
    "x-upgrade-id": ["/upgrade/id"],
    "x-upgrade-words": {
      inProgress: "P",
      ended: "E",
      deviceAccepted: { status: "A", resultReason: "" },
      deviceUpgraded: { status: "U", resultReason: "" },
      deviceFailed: { status: "F", resultReason: "" },
    },
    "x-source-addresses": { description: "D", addresses: ["192.0.2.1"], source: "https://s", readOn: "2026" },
    "x-sibling-ports": {
      description: "D",
      ranges: [{ first: 1, last: 2 }],
      source: "https://s",
      readOn: "2026",
    },
    "x-senders": { quick: { description: "D", repeats: [], source: "https://s", readOn: "2026" } },
    requestBody: {
      description: "The message.",
      content: {
        "application/json": {
          schema: { type: "object", properties: { username: {}, password: {} } },
          examples: {
            first: { summary: "First", value: { kind: "a" } },
            second: { summary: "Second", value: { kind: "b" } },
          },
        },
      },
    },
    responses: { "2XX": { description: "Taken." } },
    ...change,
  };
  return readMessage("tiny", { webhooks: { message: { post } }, paths: {} } as unknown as RawDocument);
}

test("A message is read with its types and the places of its type, its account and its upgrade's identifier", () => {
  expect(read()).toMatchObject({
    typePath: ["kind"],
    accountPath: ["customer", "name"],
    upgradeIdPaths: [["upgrade", "id"]],
    types: [
      { type: "a", summary: "First" },
      { type: "b", summary: "Second" },
    ],
    hasCredentials: true,
    senders: { quick: { repeats: [] } },
  });
});

test("A message of a generation without types has no types", () => {
  const message = read({ "x-message-type": "" });
  expect(message?.types).toEqual([]);
  expect(message?.typePath).toBeUndefined();
});

test("A document without a webhook has no message", () => {
  expect(readMessage("tiny", { paths: {} } as unknown as RawDocument)).toBeUndefined();
});
