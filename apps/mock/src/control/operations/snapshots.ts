import {
  findMember,
  getLimit,
  getOperation,
  getSuccess,
  type Operation,
} from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { isObject } from "../../is-object.ts";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import { createBadRequest } from "../../operations/refusal.ts";
import type { SavedSnapshot } from "../../spaces/snapshots.ts";
import type { Space } from "../../spaces/space.ts";
import { demandAcceptable } from "../fault-limits.ts";
import { demandCredentials, type LoadRules } from "../load-state.ts";
import { demandRegistrable } from "../prepared-state.ts";
import { restoreSnapshot, type Snapshot, takeSnapshot } from "../snapshot.ts";

type SnapshotOperation =
  | "listSnapshots"
  | "saveSnapshot"
  | "getSnapshot"
  | "putSnapshot"
  | "restoreSnapshot"
  | "deleteSnapshot";

const listSchema = getSuccess(getOperation("control", "listSnapshots")).response.body?.schema ?? {};
const maxSnapshots = getLimit(findMember(listSchema, "snapshots"), "maxItems");
/** As large as a body may be that uploads it again. */
const maxBytes = getLimit(getOperation("control", "putSnapshot").body?.schema, "x-max-bytes");

/** Creates the handlers that save, list, show, load, restore and delete snapshots. */
export function createSnapshotHandlers(rules: LoadRules): Pick<HandlersOf<Control>, SnapshotOperation> {
  const find = (operation: Operation, { snapshots, name: space }: Space, name = ""): SavedSnapshot => {
    const found = snapshots.get(name);
    if (!found)
      throw createBadRequest(operation, `name: there is no snapshot ${name} in the space ${space}.`);
    return found;
  };
  const put = (operation: Operation, { snapshots }: Space, name: string, snapshot: Snapshot) => {
    if (!snapshots.get(name) && snapshots.list().length >= maxSnapshots) {
      throw createBadRequest(operation, `name: there are ${maxSnapshots} snapshots already; delete one.`);
    }
    const text = JSON.stringify(snapshot);
    if (Buffer.byteLength(text) > maxBytes) {
      throw createBadRequest(
        operation,
        `snapshot: has more than ${maxBytes} bytes; delete deliveries first.`,
      );
    }
    snapshots.put(name, text);
    return list(snapshots.list());
  };

  return {
    listSnapshots: ({ space }) => list(space.snapshots.list()),
    saveSnapshot: ({ operation, body: { name }, space }) => put(operation, space, name, takeSnapshot(space)),
    getSnapshot: ({ operation, path, space }) => ok(JSON.parse(find(operation, space, path["name"]).text)),
    putSnapshot: ({ operation, path: { name = "" }, body, space }) => {
      demandRegistrable(operation, body.registrations, rules.allowsTarget);
      demandCredentials(operation, body, rules);
      demandUnique(operation, body);
      demandMessages(operation, body);
      return put(operation, space, name, body);
    },
    restoreSnapshot: ({ operation, path, space }) => {
      restoreSnapshot(space, JSON.parse(find(operation, space, path["name"]).text));
      return list(space.snapshots.list());
    },
    deleteSnapshot: ({ operation, path, space }) => {
      space.snapshots.remove(find(operation, space, path["name"]).name);
      return list(space.snapshots.list());
    },
  };
}

/** Demands that the store can take a snapshot. @throws {Refusal} 400 of the operation */
function demandUnique(operation: Operation, { deliveries, tokens, faults }: Snapshot): void {
  const keys = {
    "deliveries.id": deliveries.map(({ id }) => id),
    "tokens.accessTokens.token": tokens.accessTokens.map(({ token }) => token),
    "tokens.sessions.token": tokens.sessions.map(({ token }) => token),
    "tokens.failedLogins.username": tokens.failedLogins.map(({ username }) => username),
  };
  for (const [member, values] of Object.entries(keys)) {
    if (new Set<unknown>(values).size === values.length) continue;
    throw createBadRequest(operation, `${member}: must not have the same value twice.`);
  }
  for (const [index, fault] of faults.entries()) {
    demandAcceptable(operation, fault, index, `faults.${index}.`);
  }
}

/** Demands that every message is an object, as some senders count attempts in it. @throws {Refusal} 400 */
function demandMessages(operation: Operation, { deliveries }: Snapshot): void {
  for (const [index, { message }] of deliveries.entries()) {
    if (isObject(parse(message))) continue;
    throw createBadRequest(operation, `deliveries.${index}.message: must be a JSON object as text.`);
  }
}

/** Returns nothing for a text that is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const list = (snapshots: SavedSnapshot[]) =>
  ok({
    snapshots: snapshots.map(({ name, savedAt, text }) => ({
      name,
      savedAt: new Date(savedAt).toISOString(),
      bytes: Buffer.byteLength(text),
    })),
  });
