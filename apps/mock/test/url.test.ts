import { describe, expect, test } from "vitest";
import { account, call } from "./call.ts";
import { useServer } from "./server.ts";

const server = useServer();

const places = [
  { place: "V1", method: "POST", path: `/api/fota/v1/callbacks/${account}`, bodyOf: named },
  { place: "legacy", method: "POST", path: `/legacy/api/fota/v1/callbacks/${account}`, bodyOf: named },
  {
    place: "V2",
    method: "PUT",
    path: `/api/fota/v2/callbacks/${account}`,
    bodyOf: (url: string) => ({ url }),
  },
  {
    place: "a prepared state",
    method: "PUT",
    path: "/mock/state",
    bodyOf: (url: string) => ({ registrations: [{ api: "v1", account, url }] }),
  },
];

function named(url: string) {
  return { name: "Fota", url };
}

describe.each(places)("$place", ({ method, path, bodyOf }) => {
  const put = (url: string) => call(server.origin, method, path, bodyOf(url));

  test.each([
    "https://example.com:65536/",
    "https://example.com:70000/",
    "https://example.com:99999/",
    "https://127.0.0.1%00.example/",
    "https://256.256.256.256/",
    "https://1.2.3.4.5/",
    "https://[1::2::3]/",
  ])("A URL of the form %s, to which nothing can be sent, is refused", async (url) => {
    const message = expect.stringMatching(/url: must /);
    expect(await put(url)).toMatchObject({ status: 400, body: { errorMessage: message } });
  });

  test.each([
    "https://example.com:65535/",
    "https://example.com:59999/",
    "https://example.com:6553/",
    "https://example.com:00080/",
    "https://user:secret@[2001:db8::1]:8443/x?y=z",
  ])("The URL %s is accepted", async (url) => {
    expect((await put(url)).status).toBe(200);
  });
});
