import { expect, test } from "vitest";
import { findSenderProfile, senderNames } from "./sender-profile.ts";

const profiles = [
  {
    name: "patient",
    profile: {
      timeoutMs: 10_000,
      pauses: [1_000, 4_000, 16_000].map((ms) => ({ minMs: ms, maxMs: ms })),
    },
  },
  {
    name: "measured",
    profile: { timeoutMs: 4_000, pauses: [{ minMs: 1_200, maxMs: 1_700 }], countMember: "callbackCount" },
  },
  {
    name: "documented",
    profile: { timeoutMs: 10_000, pauses: Array(3).fill({ minMs: 300_000, maxMs: 300_000 }) },
  },
];

test("The profiles are the mock's own and those of the documents", () => {
  expect(senderNames).toEqual(profiles.map(({ name }) => name));
  expect(findSenderProfile("toString")).toBeUndefined();
});

test.each(profiles)("The sender $name has its time limit and its pauses", ({ name, profile }) => {
  expect(findSenderProfile(name)).toEqual(profile);
});
