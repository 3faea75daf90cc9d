import { inspect } from "node:util";
import { expect, test } from "vitest";
import { type Fetch, unwrap } from "../src/index.ts";
import { account, createService, errorOf, refusal, secrets } from "./service.ts";

/** Everything secret that a client of these tests knows or gets. */
const secretWords = [
  secrets.secret,
  secrets.password,
  "access-1",
  "session-1",
  btoa(`${secrets.key}:${secrets.secret}`),
];

const everythingOf = (value: unknown) => {
  const { message, stack, cause } = (value ?? {}) as Error;
  return [
    inspect(value, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(value),
    message,
    stack,
    inspect(cause),
  ].join("\n");
};

const leaksIn = (text: string) => secretWords.filter((word) => text.includes(word));

test("Hooks get events without any secret", async () => {
  const service = createService({
    call: ({ headers }, count) =>
      count === 1
        ? new Response("", {
            status: 503,
            headers: { "Set-Cookie": "id=session-1", RevokedAccessToken: "access-1" },
          })
        : Response.json([], { headers: { "X-Token": headers.get("VZ-M2M-Token") ?? "" } }),
  });
  const events: unknown[] = [];
  const note = (event: unknown) => events.push(event);
  const thingspace = service.client({ retries: 1, onRequest: note, onResponse: note, onRetry: note });
  await thingspace.v1.listRegisteredCallbacks(account, { headers: { Cookie: "access-1", "X-Trace": "t1" } });
  await thingspace.close();
  expect(leaksIn(everythingOf(events))).toEqual([]);
  expect(events).toContainEqual({
    api: "v1",
    operationId: "listRegisteredCallbacks",
    attempt: 1,
    method: "GET",
    url: `https://thingspace.verizon.com/api/fota/v1/callbacks/${account}`,
    headers: {
      authorization: "[redacted]",
      "vz-m2m-token": "[redacted]",
      "x-trace": "t1",
      cookie: "[redacted]",
    },
  });
  expect(events).toContainEqual(
    expect.objectContaining({ attempt: 1, status: 503, delayMs: expect.any(Number) }),
  );
  expect(events).toContainEqual(
    expect.objectContaining({ attempt: 2, status: 200, durationMs: expect.any(Number) }),
  );
});

test("A hook that throws or rejects does not fail the call", async () => {
  const service = createService();
  const thingspace = service.client({
    onRequest: () => {
      throw new Error("a hook is broken");
    },
    onResponse: () => Promise.reject(new Error("so is this one")),
  });
  expect((await thingspace.v2.listRegisteredCallbacks(account)).ok).toBe(true);
});

test("An error of fetch is reported without the secrets that it quotes", async () => {
  const service = createService();
  const fetch: Fetch = async (url, init) => {
    if (!url.includes("/callbacks/")) return service.fetch(url, init);
    const { headers } = init;
    const quote = `${JSON.stringify(headers)} ${secrets.password} ${secrets.secret}`;
    throw Object.assign(new Error(quote, { cause: new Error(`cannot send ${quote}`) }), {
      config: { headers },
    });
  };
  const error = await errorOf(service.client({ fetch }).v1.listRegisteredCallbacks(account));
  expect(leaksIn(everythingOf(error))).toEqual([]);
  expect((error as Error).message).toContain("cannot send");
});

test("No error of a token request shows a secret", async () => {
  for (const what of ["requestToken", "logIn"] as const) {
    for (const respond of [
      () => refusal(400),
      () => refusal(503),
      () => new Response('{"access_token":"access-1","sessionToken":"session-1'),
      () => Promise.reject(new TypeError("fetch failed")),
    ]) {
      const error = await errorOf(
        createService({ [what]: respond })
          .client()
          .v1.listRegisteredCallbacks(account),
      );
      expect(leaksIn(everythingOf(error))).toEqual([]);
    }
  }
});

test("A client shows no secret when it is inspected", async () => {
  const thingspace = createService().client();
  await thingspace.v1.listRegisteredCallbacks(account);
  expect(leaksIn(everythingOf(thingspace))).toEqual([]);
});

test("A result prints no secret", async () => {
  const service = createService({
    call: ({ headers }, count) =>
      count === 1
        ? Response.json([{ name: "Fota", username: "u", password: secrets.password }])
        : refusal(
            400,
            "NO",
            `${headers.get("Authorization")} ${headers.get("VZ-M2M-Token")} ${secrets.password}`,
          ),
  });
  const thingspace = service.client();
  const results = [
    await thingspace.v1.listRegisteredCallbacks(account),
    await thingspace.v1.listRegisteredCallbacks(account),
    await thingspace.auth.requestToken({ grant_type: "client_credentials" }),
    await thingspace.auth.logIn({ username: secrets.username, password: secrets.password }),
  ];
  for (const result of results) {
    const text = inspect(result);
    expect(leaksIn(text)).toEqual([]);
    expect(text).not.toMatch(/access-\d|session-\d/);
    expect(text).toContain("[redacted]");
  }
});

test.each([401, 500])("No error shows the secrets that the service quotes in a %i", async (status) => {
  const quoted = ({ headers }: Request) =>
    [...headers.values(), ...secretWords.slice(0, 2), secretWords[4]].join(" ");
  const documented = (request: Request) =>
    Response.json(
      { errorCode: quoted(request), errorMessage: quoted(request) },
      { status, headers: { "X-Request-Id": quoted(request) } },
    );
  // Cut at 200, it would show the beginning of a secret.
  const cut = (request: Request) =>
    new Response("x".repeat(195 - 7) + (request.headers.get("Authorization") ?? ""), { status });
  for (const what of ["requestToken", "logIn", "call"] as const) {
    for (const respond of [documented, cut]) {
      const { client } = createService({ [what]: respond });
      const text = everythingOf(await errorOf(client().v1.listRegisteredCallbacks(account).then(unwrap)));
      expect(leaksIn(text)).toEqual([]);
      expect(text).toContain("[redac");
      expect(text).not.toMatch(/Bearer acc|Basic dG/);
    }
  }
});

test("A token that no header can have is refused without showing it", async () => {
  const bad = "access-1\nsession-1";
  const given = { accessToken: "right", sessionToken: "right" };
  for (const name of ["accessToken", "sessionToken"] as const) {
    for (const value of [bad, () => bad]) {
      const { client, asked } = createService();
      const error = await errorOf(
        (async () =>
          client({ credentials: { ...given, [name]: value } }).v1.listRegisteredCallbacks(account))(),
      );
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toContain(name);
      expect(leaksIn(everythingOf(error))).toEqual([]);
      expect(asked).toEqual([]);
    }
  }
  const error = await errorOf(
    createService()
      .client()
      .v1.listRegisteredCallbacks(account, { headers: { "VZ-M2M-Token": bad } }),
  );
  expect(error).toMatchObject({ code: "INVALID_OPTION", option: "headers" });
  expect(leaksIn(everythingOf(error))).toEqual([]);
});

test("Wrong credentials are refused without showing them", async () => {
  const { client } = createService();
  for (const credentials of [
    { ...secrets, sessionToken: "session-1" },
    { ...secrets, pasword: secrets.password },
  ]) {
    const error = await errorOf((async () => client({ credentials: credentials as never }))());
    expect(error).toBeInstanceOf(TypeError);
    expect(leaksIn(everythingOf(error))).toEqual([]);
  }
});
