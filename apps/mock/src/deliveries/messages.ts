import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import type { Api } from "@thingspace-callbacks/contract/catalogue";
import type { Registration } from "../state/registrations.ts";

export type Message = Record<string, unknown>;

/** For whom a message is made. */
export interface Recipient {
  api: string;
  account: string;
  registration: Registration;
}

/**
 * Makes a callback message: the document's example of that type, or its last example when the type is not in the
 * document, with the account, and the username and password of the registration echoed as documented. Without a type
 * (V2 documents none) the message has no `type` either.
 */
export function messageOf(
  { api, account, registration }: Recipient,
  type: string | undefined,
  members: Message = {},
): Message {
  const examples = examplesOf(api);
  const example = examples.find((candidate) => candidate["type"] === type) ?? examples.at(-1) ?? {};
  const { username: _, password: __, ...message } = example;
  if (api === "v2") return { ...message, ...(type !== undefined && { type }), ...members };
  const { username, password } = registration;
  return {
    ...message,
    accountName: account,
    participantName: account,
    type,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...members,
  };
}

function examplesOf(api: string): Message[] {
  const { webhooks } = catalogue[api] as Api;
  const content = webhooks[0]?.requestBody?.content["application/json"];
  return Object.values(content?.examples ?? {}).map(({ value }) => value as Message);
}
