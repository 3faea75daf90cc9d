import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isLoopbackHost, type Operation } from "@thingspace-callbacks/contract";
import { createRefusal, createUndocumentedRefusal } from "../operations/refusal.ts";

/**
 * Refuses control requests of pages of other origins, and those without the control token when there is one.
 *
 * @throws {Refusal} 401, 403
 */
export function demandControl(
  operation: Operation,
  headers: IncomingHttpHeaders,
  controlToken: string | undefined,
): void {
  const { origin, host } = headers;
  // A browser names the page's origin; a page of the mock itself has the same host.
  const foreign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
  // Without a token only names of this machine are taken: a foreign name that resolves here is DNS rebinding.
  const rebound = controlToken === undefined && !isLoopbackHost(host ?? "");
  if (foreign || headers["sec-fetch-site"] === "cross-site") {
    throw createUndocumentedRefusal(
      403,
      "Origin: the control operations are refused to pages of other origins.",
    );
  }
  if (rebound)
    throw createUndocumentedRefusal(
      403,
      "Host: must be localhost, 127.0.0.1 or [::1] for the control operations.",
    );
  if (controlToken === undefined) return;
  const given = headers["mock-control-token"];
  if (given === undefined) throw createRefusal(operation, "missingControlToken");
  if (!isEqual(String(given), controlToken)) {
    throw createRefusal(operation, "invalidControlToken");
  }
}

const digest = (text: string) => createHash("sha256").update(text).digest();
const isEqual = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));
