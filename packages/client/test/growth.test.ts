import { assertLinear } from "@thingspace-callbacks/test-support";
import { test } from "vitest";
import { getDelayMs } from "../src/call/retry.ts";
import { createThingSpaceClient, type Fetch } from "../src/index.ts";
import { account } from "./service.ts";

interface FakeResponse {
  status: number;
  body: string;
  headers: Record<string, string>;
}

const listed: FakeResponse = { status: 200, body: "[]", headers: {} };
const toResponse = ({ status, body, headers }: FakeResponse) => new Response(body, { status, headers });

/** Makes calls that get these responses, and ignores what they throw: the expected refusal. */
const call = async (responses: Partial<Record<"token" | "login" | "call", FakeResponse>>) => {
  const fetch: Fetch = async (url) => {
    if (url.endsWith("/oauth2/token"))
      return toResponse(responses.token ?? { ...listed, body: '{"access_token":"a"}' });
    if (url.endsWith("/login"))
      return toResponse(responses.login ?? { ...listed, body: '{"sessionToken":"s"}' });
    return toResponse(responses.call ?? listed);
  };
  const credentials = {
    key: "the-key",
    secret: "the-secret",
    username: "the-user",
    password: "the-password",
  };
  const thingspace = createThingSpaceClient({ credentials, fetch, retries: 0 });
  await thingspace.v1.listRegisteredCallbacks(account).catch(() => {});
};

const statusOf = { token: 401, login: 400, call: 400 };
const bodies: { form: string; body: (size: number) => string }[] = [
  { form: "text", body: (size) => "x".repeat(size) },
  { form: "the beginning of a secret, again and again", body: (size) => "the-passwor".repeat(size / 10) },
  { form: "a secret, again and again", body: (size) => "the-password".repeat(size / 10) },
  { form: "brackets", body: (size) => "[".repeat(size) },
  { form: "nested arrays", body: (size) => "[".repeat(size / 100) + "]".repeat(size / 100) },
  { form: "a long code", body: (size) => JSON.stringify({ errorCode: "a.SessionToken.".repeat(size / 10) }) },
  {
    form: "a long message",
    body: (size) => JSON.stringify({ fault: { message: "m".repeat(size), description: "d" } }),
  },
  {
    form: "many members",
    body: (size) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: size / 10 }, (_, index) => [`m${index}`, 1]))),
  },
  { form: "a list of objects", body: (size) => `[${"{},".repeat(size / 10)}{}]` },
];

for (const what of ["token", "login", "call"] as const) {
  test.each(bodies)(
    `An error to the ${what} request that is $form is read in linear time`,
    async ({ body }) => {
      await assertLinear({
        input: body,
        run: (text) => call({ [what]: { status: statusOf[what], body: text, headers: {} } }),
      });
    },
  );

  test.each(bodies)(`A 200 to the ${what} request that is $form is read in linear time`, async ({ body }) => {
    await assertLinear({ input: body, run: (text) => call({ [what]: { ...listed, body: text } }) });
  });
}

test.each([
  { form: "digits", header: (size: number) => "9".repeat(size) },
  { form: "digits and a letter", header: (size: number) => `${"9".repeat(size)}x` },
  { form: "spaces", header: (size: number) => `Mon,${" ".repeat(size)}x` },
  { form: "dates", header: (size: number) => "Mon, 01 Jan 2035 00:00:00 GMT ".repeat(size / 10) },
])("A Retry-After of $form is read in linear time", async ({ header }) => {
  await assertLinear({
    input: header,
    run: (text) => getDelayMs(0, new Headers({ "Retry-After": text })),
    largestSize: 1_000_000,
  });
});
