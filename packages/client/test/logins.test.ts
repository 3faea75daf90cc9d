import { expect, test } from "vitest";
import { account, createService, errorOf, fault, refusal, secrets } from "./service.ts";

const lost = () => Promise.reject(new TypeError("fetch failed"));
const never = () => new Promise<Response>(() => {});

test.each([
  ["a lost answer", lost],
  ["a timeout", never],
  ["408", () => refusal(408)],
  ["500", () => refusal(500)],
  ["502", () => refusal(502)],
  ["504", () => refusal(504)],
])("a login with %s is not sent again by itself, and three times at most", async (_, answer) => {
  const service = createService({ logIn: answer });
  const thingspace = service.client({ retries: 2, timeoutMs: 20 });
  for (let login = 1; login <= 3; login++) {
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(error).not.toMatchObject({ name: "ThingSpaceCredentialsError" });
    expect(service.count("logIn")).toBe(login);
  }
  for (let more = 0; more < 2; more++) {
    expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account))).toMatchObject({
      name: "ThingSpaceCredentialsError",
      operation: "auth.logIn",
      message: expect.stringMatching(/3 in a row may have failed.*authenticate\(/),
    });
  }
  expect(service.count("logIn")).toBe(3);
  thingspace.authenticate(secrets);
  await errorOf(thingspace.v1.listRegisteredCallbacks(account));
  expect(service.count("logIn")).toBe(4);
});

test("a login that succeeds ends the row of unknown ones", async () => {
  const service = createService({ logIn: (_, count) => (count % 3 ? lost() : undefined) });
  const thingspace = service.client();
  for (let round = 1; round <= 2; round++) {
    await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect((await thingspace.v1.listRegisteredCallbacks(account)).ok).toBe(true);
    service.forgetTokens();
  }
  expect(service.count("logIn")).toBe(6);
});

test("a login that was never sent, for want of a connection or an access token, does not count", async () => {
  const refused = () => Promise.reject(Object.assign(new TypeError("no"), { code: "ECONNREFUSED" }));
  for (const answers of [{ logIn: refused }, { requestToken: lost }]) {
    const thingspace = createService(answers).client();
    for (let call = 0; call < 5; call++) {
      expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account))).toMatchObject({
        name: "ThingSpaceNetworkError",
      });
    }
  }
});

test.each([429, 503])("a login that was put off with %i is repeated", async (status) => {
  const service = createService({
    logIn: (_, count) =>
      count === 1 ? new Response("", { status, headers: { "Retry-After": "0" } }) : undefined,
  });
  const thingspace = service.client({ retries: 1 });
  expect((await thingspace.v1.listRegisteredCallbacks(account)).ok).toBe(true);
});

test("a login repeated for a 401 counts twice", async () => {
  const service = createService({ logIn: (_, count) => (count % 2 ? fault(401) : lost()) });
  const thingspace = service.client();
  for (let call = 0; call < 4; call++) await errorOf(thingspace.v1.listRegisteredCallbacks(account));
  expect(service.count("logIn")).toBe(4);
});
