import { randomUUID } from "node:crypto";
import type { MessageFacts } from "../facts.ts";

export type Message = Record<string, unknown>;

/** The contents of valid messages. */
export interface Sender {
  account?: string | undefined;
  username?: string | undefined;
  password?: string | undefined;
}

/** Creates valid messages of a generation, from the examples of its document. */
export function createMessages(facts: MessageFacts, sender: Sender) {
  const { types, typePath, accountPath, upgradeIdPaths, upgradeWords, examples } = facts;
  const [typeMember] = typePath ?? [];
  const [accountMember] = accountPath ?? [];
  const fixed = ["username", "password", typeMember, accountMember].filter((name) => name !== undefined);

  /** Creates the message of a type, with an upgrade id of its own unless one is given. */
  function create(type: string | undefined, upgradeId: string = randomUUID()): Message {
    const example = examples.find((one) => typeMember && one[typeMember] === type) ?? examples.at(-1);
    const message = {
      ...structuredClone(example),
      ...(typeMember && type && { [typeMember]: type }),
      ...(accountMember && sender.account && { [accountMember]: sender.account }),
      ...(facts.hasCredentials && sender.username && { username: sender.username }),
      ...(facts.hasCredentials && sender.password && { password: sender.password }),
    };
    return addToUpgrade(message, type, upgradeId);
  }

  /** Creates a message about the end of an upgrade of many devices. */
  function createLarge(devices: number): Message {
    const deviceList = Array.from({ length: devices }, (_, index) => ({
      deviceId: String(990_000_000_000_001 + index),
      ...upgradeWords.deviceUpgraded,
    }));
    const members = { status: upgradeWords.ended, deviceList };
    return addToUpgrade(create(types.at(-1)), types.at(-1), randomUUID(), members);
  }

  /** Replaces every member by what a function returns, except those that say who sends what. */
  function change(message: Message, replace: (value: unknown) => unknown): Message {
    return Object.fromEntries(
      Object.entries(message).map(([name, value]) => [name, fixed.includes(name) ? value : replace(value)]),
    );
  }

  function addToUpgrade(
    message: Message,
    type: string | undefined,
    id: string,
    members: object = {},
  ): Message {
    const path = upgradeIdPaths.find(({ length, 0: first }) => length === 1 || first === type);
    const name = path?.at(-1) ?? "";
    if (!path || path.length > 2) return { ...message, ...members };
    const [parent = ""] = path;
    if (path.length === 1) return { ...message, [name]: id, ...members };
    return { ...message, [parent]: { ...(message[parent] as object), [name]: id, ...members } };
  }

  return { types: types.length > 0 ? types : [undefined], typeMember, create, createLarge, change };
}
