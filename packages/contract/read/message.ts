import type { RequestBody } from "../src/body.ts";
import { getAt, type Message, type MessageType } from "../src/message.ts";
import { findMember } from "../src/schema.ts";
import { listRawOperations, readOperation } from "./operation.ts";
import type { RawDocument } from "./raw.ts";

/** Returns the one message of a document, or undefined when it has no webhook. */
export function readMessage(api: string, document: RawDocument): Message | undefined {
  const [place, ...others] = listRawOperations(document.webhooks);
  if (!place) return undefined;
  if (others.length > 0) throw new Error(`${api}: one webhook is expected`);
  const { raw } = place;
  const operation = readOperation(api, document, place);
  const { body } = operation;
  const sourceAddresses = raw["x-source-addresses"];
  const upgradeWords = raw["x-upgrade-words"];
  const siblingPorts = raw["x-sibling-ports"];
  if (!body || !sourceAddresses || !siblingPorts || !upgradeWords) {
    throw new Error(
      `${api}: the webhook needs a request body, x-source-addresses, x-sibling-ports and x-upgrade-words`,
    );
  }
  const senders = raw["x-senders"];
  if (!senders) throw new Error(`${api}: the webhook needs x-senders`);
  const pointer = raw["x-message-type"];
  const typePath = pointer ? splitPointer(pointer) : undefined;
  return {
    ...operation,
    body,
    ...(typePath && { typePath }),
    ...(raw["x-account"] && { accountPath: splitPointer(raw["x-account"]) }),
    upgradeWords,
    memberEvidence: raw["x-member-evidence"] ?? [],
    upgradeIdPaths: (raw["x-upgrade-id"] ?? []).map(splitPointer),
    types: typePath ? readTypes(body, typePath) : [],
    hasCredentials: ["username", "password"].every((name) => findMember(body.schema, name)),
    changedByRetry: raw["x-changed-by-retry"] ?? [],
    sourceAddresses,
    siblingPorts,
    senders,
  };
}

/** Returns the types that the examples have. */
function readTypes({ examples }: RequestBody, typePath: string[]): MessageType[] {
  return Object.values(examples).flatMap(({ summary, value }) => {
    const type = getAt(value, typePath);
    return typeof type === "string" ? [{ type, summary }] : [];
  });
}

/** Splits a JSON pointer; names with `~` or `/` in them are not expected. */
function splitPointer(pointer: string): string[] {
  if (!pointer.startsWith("/")) throw new Error(`${pointer} is not a JSON pointer`);
  return pointer.slice(1).split("/");
}
