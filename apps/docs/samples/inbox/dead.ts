import type { Inbox } from "@thingspace-callbacks/listener/inbox";

/** Handles all dead messages again, after a fault in a handler was corrected. */
export async function replayDead(inbox: Inbox): Promise<void> {
  const dead = await inbox.list({ state: "dead" });
  for (const { id, attempts, error } of dead) console.log(id, attempts, error);
  await inbox.replay(dead.map(({ id }) => id));
}
