import { describe, expect, test } from "vitest";
import { routes } from "../src/operations/routes.ts";
import { account } from "./call.ts";
import { tokens, useServer } from "./server.ts";

/** The scheme that a 401 of an operation should name. */
const schemes = { basic: "Basic", bearer: "Bearer", header: "ApiKey" };
const rows = routes.map((route) => {
  const [first] = route.operation.security;
  if (!first) throw new Error(`${route.operation.operationId} demands nothing`);
  return {
    ...route,
    operationId: route.operation.operationId,
    url: route.path.replace("{account}", account).replace("{service}", "Fota"),
    method: route.operation.method.toUpperCase(),
    scheme: schemes[first.sentAs],
    credentials: {
      ...tokens,
      ...(first.sentAs === "basic" && { Authorization: "Basic YTpi" }),
      "Mock-Control-Token": "open-sesame",
    },
  };
});

describe.each([{ engine: "stateful" as const }, { engine: "prism" as const }])(
  "with the $engine engine a 401 says how to authenticate:",
  ({ engine }) => {
    const server = useServer({ engine, controlToken: "open-sesame" });

    async function challengeOf(url: string, init: RequestInit) {
      const response = await fetch(server.origin + url, init);
      expect(response.status).toBe(401);
      await response.text();
      return response.headers.get("WWW-Authenticate");
    }

    test.each(rows)(
      "$api $operationId without credentials names $scheme",
      async ({ url, method, scheme }) => {
        expect(await challengeOf(url, { method })).toMatch(new RegExp(`^${scheme} realm="`));
      },
    );

    const ofService = rows.filter(({ api }) => api !== "control");

    test.each(ofService)(
      "$api $operationId with a fault names $scheme",
      async ({ api, operationId, url, method, scheme, credentials }) => {
        for (const effect of [{}, { body: "no" }, { malformed: true }]) {
          await server.mock.reset();
          const added = await fetch(`${server.origin}/mock/faults`, {
            method: "POST",
            headers: { ...credentials, "Content-Type": "application/json" },
            body: JSON.stringify({ api, operationId, status: 401, times: 1, ...effect }),
          });
          expect(added.status).toBe(200);
          expect(await challengeOf(url, { method, headers: credentials })).toMatch(
            new RegExp(`^${scheme} realm="`),
          );
        }
      },
    );

    test.each(ofService.filter(({ method }) => method === "GET"))(
      "$api $operationId names $scheme when its documented 401 is asked for",
      async ({ url, method, scheme, credentials }) => {
        const headers = { ...credentials, Prefer: "code=401" };
        expect(await challengeOf(url, { method, headers })).toMatch(new RegExp(`^${scheme} realm="`));
      },
    );
  },
);
