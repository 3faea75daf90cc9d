import { expect, test } from "vitest";
import { collectFacts } from "../../collect-facts.ts";
import { diagnose, type Known } from "./diagnose.ts";

const account = "0242078689-00001";
const url = "https://listener.example.com/fota";
const registration = { api: "v1" as const, account, url };
const delivery = {
  id: 1,
  api: "v1" as const,
  account,
  url,
  type: "upgradeScheduled",
  status: "failed" as const,
  acceptedAt: "2026-11-20T12:00:00.000Z",
  attempts: [{ at: "2026-11-20T12:00:00.010Z", durationMs: 4, error: "connection refused" }],
};
const known: Known = {
  generations: collectFacts().generations,
  registrations: [registration],
  deliveries: [],
  faults: [],
  clock: { now: "2026-11-20T12:00:00.000Z", aheadMs: 0, frozen: false },
  spaces: [],
  space: "default",
};

const frozen = { now: "2026-11-20T12:00:00.000Z", aheadMs: 0, frozen: true };
const otherSpace = {
  name: "team-a",
  usedAt: "2026-11-20T12:00:00.000Z",
  registrations: 1,
  pendingDeliveries: 0,
};

test.each([
  { why: "there is no registration", change: { registrations: [] }, first: "notRegistered" },
  { why: "no message was sent", change: {}, first: "nothingSent" },
  { why: "all attempts failed", change: { deliveries: [delivery] }, first: "failed" },
  {
    why: "the listener accepted no attempt so far",
    change: { deliveries: [{ ...delivery, status: "pending" as const }] },
    first: "pending",
  },
  {
    why: "a fault applies to outgoing messages",
    change: {
      deliveries: [{ ...delivery, status: "delivered" as const }],
      faults: [{ direction: "out" as const, drop: true as const, share: 1 }],
    },
    first: "fault",
  },
  {
    why: "the clock is frozen while a message waits",
    change: { deliveries: [{ ...delivery, status: "pending" as const, attempts: [] }], clock: frozen },
    first: "frozen",
  },
])("The first finding names the problem when $why", ({ change, first }) => {
  expect(diagnose(account, { ...known, ...change })[0]).toMatchObject({ code: first, level: "bad" });
});

test.each([
  { code: "olderUrl", change: { deliveries: [{ ...delivery, url: "https://old.example.com/" }] } },
  { code: "otherSpaces", change: { registrations: [], spaces: [otherSpace] } },
  { code: "loopbackUrl", change: { registrations: [{ ...registration, url: "http://127.0.0.1:8080/" }] } },
])("A note is added: $code", ({ code, change }) => {
  expect(diagnose(account, { ...known, ...change }).map((finding) => finding.code)).toContain(code);
});

test.each([
  { url: "http://127.0.0.2/", isLoopback: true },
  { url: "http://localhost:8080/", isLoopback: true },
  { url: "http://[::1]/", isLoopback: true },
  { url: "http://127.example.com/", isLoopback: false },
])("It is known of $url whether it is on the mock's own machine: $isLoopback", ({ url, isLoopback }) => {
  const codes = diagnose(account, { ...known, registrations: [{ ...registration, url }] }).map(
    ({ code }) => code,
  );
  expect(codes.includes("loopbackUrl")).toBe(isLoopback);
});

const retried = { ...delivery, status: "pending" as const, nextAttemptAt: "2026-11-20T12:05:00.000Z" };
const waiting = {
  ...delivery,
  id: 2,
  api: "v2" as const,
  url: "https://other.example.com/",
  status: "pending" as const,
  attempts: [],
};
const waitsBehind = { id: 1, api: "v1" as const, nextAttemptAt: "2026-11-20T12:05:00.000Z" };

test.each([
  { what: "of another generation that is tried again", deliveries: [retried, { ...waiting, waitsBehind }] },
  { what: "that is not listed", deliveries: [{ ...waiting, waitsBehind }] },
  {
    what: "that is the first one since the one that the mock has named was sent",
    deliveries: [
      { ...delivery, id: 0, status: "delivered" as const },
      retried,
      { ...waiting, waitsBehind: { ...waitsBehind, id: 0 } },
    ],
  },
])("A message waits behind one $what", ({ deliveries }) => {
  const findings = diagnose(account, { ...known, deliveries });
  const finding = findings.find(({ code }) => code === "waiting");
  expect(finding).toMatchObject({ level: "bad", deliveries: [{ id: 2 }] });
  expect(finding?.text).toMatch(/behind delivery 1 of v1, which is attempted next at \d+:05:00/);
});

test("The listener that accepts no attempt is the one of the first message, not of those that wait behind it", () => {
  const findings = diagnose(account, { ...known, deliveries: [retried, { ...waiting, waitsBehind }] });
  const pending = findings.find(({ code }) => code === "pending");
  expect(pending?.deliveries).toMatchObject([{ id: 1 }]);
  expect(pending?.text).toContain(url);
  expect(pending?.text).not.toContain("other.example.com");
});

test("A message whose turn it is waits behind no other, whatever the mock has named before", () => {
  const deliveries = [
    { ...delivery, status: "delivered" as const },
    { ...waiting, waitsBehind },
  ];
  const codes = diagnose(account, { ...known, deliveries }).map(({ code }) => code);
  expect(codes).toContain("pending");
  expect(codes).not.toContain("waiting");
});

test("Nothing is a problem when the last message was delivered", () => {
  const delivered = { ...delivery, status: "delivered" as const };
  const findings = diagnose(account, { ...known, deliveries: [delivered] });
  expect(findings.filter(({ level }) => level === "bad")).toEqual([]);
});
