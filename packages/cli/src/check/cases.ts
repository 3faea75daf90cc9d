import { randomUUID } from "node:crypto";
import { type Api, generations } from "../generated/facts.ts";
import type { Case, CheckRequest, Expected } from "./case.ts";
import { createMessages, type Message, type Sender } from "./messages.ts";

/** The messages of a check, and their target. */
export interface CheckPlan extends Sender {
  url: URL;
  api: Api;
  /** True if the last segment of the URL's path is a secret that the listener must check. */
  hasPathSecret?: boolean | undefined;
}

const deviceCount = 10_000;

/** Returns the cases of a check, in the order in which they are sent. */
export function createCases(plan: CheckPlan): Case[] {
  const facts = generations[plan.api].message;
  const messages = createMessages(facts, plan);
  const { types, typeMember, create, createLarge, change } = messages;
  const [first] = types;
  const last = types.at(-1);
  const cases: Case[] = types.map((type) =>
    createCase(
      type ? `type-${type}` : "message",
      type ? `acknowledges ${type}` : "acknowledges a message",
      create(type),
    ),
  );
  if (typeMember)
    cases.push(createCase("unknown-type", "acknowledges an unknown type", create("typeOfTomorrow")));
  const repeated = create(last);
  const upgradeId = randomUUID();
  return [
    ...cases,
    createCase("unknown-member", "acknowledges an unknown member", {
      ...create(first),
      memberOfTomorrow: { a: [1] },
    }),
    createCase(
      "null-members",
      "acknowledges members that are null",
      change(create(last), () => null),
    ),
    createCase(
      "empty-members",
      "acknowledges empty lists and objects",
      change(create(last), (value) => (Array.isArray(value) ? [] : typeof value === "object" ? {} : value)),
    ),
    createCase("many-devices", `acknowledges ${deviceCount} devices in time`, createLarge(deviceCount)),
    {
      ...createCase(
        "repeat",
        "responds to a repeat as to the first message",
        ...[1, 2].map((count) => ({
          ...repeated,
          ...Object.fromEntries(facts.changedByRetry.map((name) => [name, count])),
        })),
      ),
      isSameStatus: true,
    },
    {
      ...createCase("two-at-once", "acknowledges two messages at once", create(first), create(last)),
      isAtOnce: true,
    },
    createCase(
      "out-of-order",
      "acknowledges messages of an upgrade in the wrong order",
      ...[...types].reverse().map((type) => create(type, upgradeId)),
    ),
    ...createVerificationCases(),
    createRequestCase("invalid-json", "refuses a body that is not JSON", "refuse", { body: '{"type":' }),
    createRequestCase("wrong-content-type", "survives another content type", "survive", {
      headers: { "Content-Type": "text/plain" },
    }),
    createRequestCase("get", "survives GET", "survive", { method: "GET" }),
    createCase("still-works", "still acknowledges a message afterwards", create(first)),
  ];

  function createCase(id: string, title: string, ...all: Message[]): Case {
    return { id, title, expected: "acknowledge", requests: all.map(toRequest) };
  }

  function toRequest(message: Message): CheckRequest {
    const { method, mediaType } = facts;
    return { method, headers: { "Content-Type": mediaType }, body: JSON.stringify(message) };
  }

  function createRequestCase(
    id: string,
    title: string,
    expected: Expected,
    change: Partial<CheckRequest>,
  ): Case {
    const { body, ...request } = { ...toRequest(create(first)), ...change };
    const withBody = request.method === "GET" ? request : { ...request, body: body ?? "" };
    return { id, title, expected, requests: [withBody] };
  }

  function createVerificationCases(): Case[] {
    const valid = create(first);
    const { password: _, ...withoutPassword } = valid;
    const wrong = { ...valid, password: disguise(String(valid["password"])) };
    const needsLogin = plan.password === undefined ? "It needs --username and the password." : undefined;
    const needsSecret = plan.hasPathSecret ? undefined : "It needs --path-secret.";
    return [
      ...(facts.hasCredentials
        ? [
            { ...createCase("wrong-password", "refuses a wrong password", wrong), ...skip(needsLogin) },
            {
              ...createCase("no-password", "refuses a message without password", withoutPassword),
              ...skip(needsLogin),
            },
          ]
        : []),
      {
        ...createRequestCase("wrong-path-secret", "refuses a wrong secret in the path", "refuse", {
          url: disguiseLastSegment(plan.url),
        }),
        ...skip(needsSecret),
      },
    ];
  }
}

const skip = (reason: string | undefined) => ({
  expected: "refuse" as const,
  ...(reason !== undefined && { skipped: reason }),
});

/** Returns another text of the same length. */
const disguise = (text: string) => (text.startsWith("x") ? "y" : "x") + text.slice(1);

function disguiseLastSegment(url: URL): URL {
  const segments = url.pathname.split("/");
  const other = new URL(url);
  other.pathname = [...segments.slice(0, -1), disguise(segments.at(-1) ?? "")].join("/");
  return other;
}
