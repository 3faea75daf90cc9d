import { request } from "undici";
import { logInRequest, tokenRequest } from "./session.ts";
import type { Answered, Tally } from "./tally.ts";
import type { User } from "./users.ts";

interface Sent {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  body?: string;
}

/**
 * One user's whole way: token, session, registering, listing, updating and removing in V1 and V2, and logging out. What it
 * registers is new each time, so that a response from an earlier visit or of another user is noticed.
 */
export async function visit(origin: string, user: User, turn: number, tally: Tally): Promise<void> {
  const { account, username, password } = user;

  const send = async (
    step: string,
    path: string,
    sent: Sent,
    expected: Answered | ((answer: Answered) => boolean),
  ): Promise<Record<string, unknown>> => {
    const begin = performance.now();
    try {
      const { statusCode, body } = await request(origin + path, sent);
      const answer: Answered = { status: statusCode, body: await body.json() };
      tally.add(step, performance.now() - begin, answer, expected);
      return answer.body as Record<string, unknown>;
    } catch (error) {
      tally.fail(step, error);
      return {};
    }
  };

  const hasText = (name: string) => (answer: Answered) =>
    answer.status === 200 && typeof (answer.body as Record<string, unknown>)[name] === "string";
  const { access_token } = await send(
    "token",
    "/api/ts/v1/oauth2/token",
    tokenRequest(user),
    hasText("access_token"),
  );
  const { sessionToken } = await send(
    "log in",
    "/api/m2m/v1/session/login",
    logInRequest(user, String(access_token)),
    hasText("sessionToken"),
  );
  const tokens = { authorization: `Bearer ${access_token}`, "vz-m2m-token": String(sessionToken) };
  const call = (step: string, method: Sent["method"], path: string, expected: unknown, body?: object) => {
    const json = body && { body: JSON.stringify(body) };
    const headers = { ...tokens, ...(json && { "content-type": "application/json" }) };
    return send(step, path, { method: method ?? "GET", headers, ...json }, { status: 200, body: expected });
  };

  const v1 = `/api/fota/v1/callbacks/${account}`;
  const v2 = `/api/fota/v2/callbacks/${account}`;
  const url = `https://example.com/${username}/${turn}`;
  const updated = `${url}/updated`;
  const registered = { accountName: account, serviceName: "Fota" };
  const listed = { aname: account, name: "Fota", url };

  await call("V1 register", "POST", v1, registered, { name: "Fota", url, username, password });
  await call("V2 register", "POST", v2, { url }, { url });
  await call("V1 list", "GET", v1, [listed]);
  await call("V2 list", "GET", v2, { url });
  await call("V1 update", "POST", v1, registered, { name: "Fota", url: updated });
  await call("V2 update", "PUT", v2, { url: updated }, { url: updated });
  await call("V1 list updated", "GET", v1, [{ aname: account, name: "Fota", url: updated }]);
  await call("V2 list updated", "GET", v2, { url: updated });
  await call("V1 deregister", "DELETE", `${v1}/name/Fota`, { success: true });
  await call("V2 deregister", "DELETE", v2, { success: true });
  await call("V1 list empty", "GET", v1, []);
  await call("V2 list empty", "GET", v2, {});
  await call("log out", "POST", "/api/m2m/v1/session/logout", { sessionToken });
  await send("list after log out", v1, { headers: tokens }, ({ status }) => status === 400);
}
