import { expect, test } from "vitest";
import type { Document } from "./document.ts";
import { fillFacts } from "./fill-facts.ts";

const tokens = { accessTokenSeconds: 7_200, sessionIdleSeconds: 60, failuresToLock: 3 };

test.each([
  { text: "Valid for {accessTokenLifetime}.", filled: "Valid for 2 hours." },
  {
    text: "It expires after {sessionIdleLifetime} without use.",
    filled: "It expires after 1 minute without use.",
  },
  { text: "{failuresToLock} failures lock, {failuresToLock}.", filled: "3 failures lock, 3." },
  { text: "Send `/callbacks/{account}`.", filled: "Send `/callbacks/{account}`." },
])('The description "$text" gets the facts about tokens', ({ text, filled }) => {
  const document = { info: { description: text }, tags: [{ name: text }] } as unknown as Document;
  expect(fillFacts(document, tokens)).toEqual({ info: { description: filled }, tags: [{ name: text }] });
});
