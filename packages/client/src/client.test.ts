import { expect, test } from "vitest";
import { createThingSpaceClient } from "./client.ts";

/** A client whose requests are answered by `answer` and kept. */
function clientWith(answer: () => Response, credentials = {}) {
  const requests: Request[] = [];
  const client = createThingSpaceClient({
    environment: "mock",
    credentials,
    fetch: async (request) => {
      requests.push(request.clone());
      return answer();
    },
  });
  return { client, requests };
}

const tokens = { accessToken: "the-access-token", sessionToken: "the-session-token" };

test("a callback operation sends both tokens to the path of its document", async () => {
  const { client, requests } = clientWith(() => Response.json([]), tokens);
  await client.v1.listRegisteredCallbacks("0242078689-00001");
  const [request] = requests;
  expect(request?.method).toBe("GET");
  expect(request?.url).toBe("http://127.0.0.1:4010/api/fota/v1/callbacks/0242078689-00001");
  expect(request?.headers.get("Authorization")).toBe("Bearer the-access-token");
  expect(request?.headers.get("VZ-M2M-Token")).toBe("the-session-token");
});

test("path values are percent-encoded", async () => {
  const { client, requests } = clientWith(() => Response.json({}), tokens);
  await client.v2.listRegisteredCallbacks("a/b c");
  expect(requests[0]?.url).toMatch(/callbacks\/a%2Fb%20c$/);
});

test("a token request is a form with the key and the secret in Basic form", async () => {
  const { client, requests } = clientWith(() => Response.json({}), { key: "k", secret: "s" });
  await client.auth.requestToken({ grant_type: "client_credentials" });
  const [request] = requests;
  expect(request?.headers.get("Authorization")).toBe(`Basic ${btoa("k:s")}`);
  expect(request?.headers.get("Content-Type")).toBe("application/x-www-form-urlencoded");
  expect(await request?.text()).toBe("grant_type=client_credentials");
});

test("results are told apart by status", async () => {
  const refused = { errorCode: "INVALID_PARAMETER", errorMessage: "account: is wrong." };
  const { client } = clientWith(() => Response.json(refused, { status: 400 }), tokens);
  const result = await client.v2.registerCallback("a", { url: "https://example.com" });
  if (result.ok) throw new Error("a 400 must not be ok");
  if (result.status === 400) {
    const code: string = result.error.errorCode;
    expect(code).toBe("INVALID_PARAMETER");
  }
  expect(result.status).toBe(400);
});

test("an undocumented status with a text body gives the text", async () => {
  const { client } = clientWith(() => new Response("<html>", { status: 502 }), tokens);
  const result = await client.v1.listRegisteredCallbacks("0242078689-00001");
  expect(result).toMatchObject({ ok: false, status: 502, error: "<html>" });
});

test("origin replaces the host and keeps the base path", async () => {
  const urls: string[] = [];
  const client = createThingSpaceClient({
    environment: "mock",
    origin: "http://localhost:5000",
    fetch: async ({ url }) => {
      urls.push(url);
      return Response.json({});
    },
  });
  await client.legacy.getCallbacksUsingGet("0242078689-00001");
  expect(urls).toEqual(["http://localhost:5000/legacy/api/fota/v1/callbacks/0242078689-00001"]);
});

test("a wrong option is refused by name", () => {
  expect(() => createThingSpaceClient({ origin: "localhost" })).toThrow(/origin must be an absolute URL/);
  // @ts-expect-error there is no such environment
  expect(() => createThingSpaceClient({ environment: "staging" })).toThrow(/environment must be/);
});

test("a misspelt body member is a type error", () => {
  const { client } = clientWith(() => Response.json({}), tokens);
  // @ts-expect-error the member is called `url`
  const call = () => client.v2.registerCallback("a", { uri: "https://example.com" });
  expect(call).toBeTypeOf("function");
});
