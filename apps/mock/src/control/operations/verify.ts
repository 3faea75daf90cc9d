import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import { createBadRequest } from "../../operations/refusal.ts";
import { verifyRequests } from "../verify.ts";

/** The handler that verifies which requests there were. */
export const verifyHandlers: Pick<HandlersOf<Control>, "verify"> = {
  verify: ({ operation, body, space: { journal } }) => {
    const { expected } = body;
    expected.forEach(({ count, atLeast, atMost }, index) => {
      if (count !== undefined && (atLeast ?? atMost) !== undefined) {
        const rule = "must not be given with atLeast or atMost";
        throw createBadRequest(operation, `expected.${index}.count: ${rule}.`);
      }
    });
    const everything = journal.list({ limit: Number.MAX_SAFE_INTEGER, offset: 0 });
    return ok(verifyRequests(everything.requests.reverse(), { expected, inOrder: body.inOrder ?? false }));
  },
};
