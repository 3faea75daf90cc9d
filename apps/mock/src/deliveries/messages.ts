import { findMember, getAt, getGeneration } from "@thingspace-callbacks/contract";
import type { Registration } from "../state/registrations.ts";
import { setAt } from "./set-at.ts";

export type Message = Record<string, unknown>;

/** For whom a message is made. */
export interface Recipient {
  api: string;
  account: string;
  registration: Registration;
}

/** The members of a message that name the account. */
const accountMembers = ["accountName", "participantName"];

/**
 * Makes a callback message: the document's example of that type, or its last example when the type is not in the
 * document, with the account, and the username and password of the registration echoed as documented. Without a type
 * (V2 documents none) the message has no `type` either.
 */
export function createMessage(
  { api, account, registration }: Recipient,
  type: string | undefined,
  members: Message = {},
): Message {
  const { body, typePath = ["type"], hasCredentials } = getGeneration(api).message;
  const examples = Object.values(body.examples).map(({ value }) => value as Message);
  const example = examples.find((candidate) => getAt(candidate, typePath) === type) ?? examples.at(-1) ?? {};
  const { username: _, password: __, ...message } = example;
  const { username, password } = registration;
  const documented = {
    ...message,
    ...Object.fromEntries(
      accountMembers.filter((name) => findMember(body.schema, name)).map((name) => [name, account]),
    ),
  };
  return {
    ...(type === undefined ? documented : setAt(documented, typePath, type)),
    ...(hasCredentials && username !== undefined && { username }),
    ...(hasCredentials && password !== undefined && { password }),
    ...members,
  };
}
