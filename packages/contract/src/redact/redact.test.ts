import { assertLinear } from "@thingspace-callbacks/test-support";
import { describe, expect, test } from "vitest";
import { redactBody, redactHeaders, redactUrl } from "./index.ts";

const mediaType = "application/json";
const body = (text: string, type: string | undefined = mediaType) =>
  redactBody({ text, bytes: Buffer.byteLength(text), mediaType: type, sentType: "text/plain; a=SEKRET" });

describe("a body that does not parse as its operation's type is shown as length and type only:", () => {
  test.each([
    { name: "single quotes", text: "{'username':'u','password':'SEKRET'}" },
    { name: "quotes escaped for cmd.exe", text: '{\\"username\\":\\"u\\",\\"password\\":\\"SEKRET\\"}' },
    { name: "quotes eaten by PowerShell", text: "{username:u,password:SEKRET}" },
    {
      name: "multipart",
      text: '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nSEKRET\r\n--x--',
    },
    { name: "XML", text: "<login><password>SEKRET</password></login>" },
    { name: "YAML", text: "password: SEKRET" },
    { name: "UTF-16", text: "\u0000p\u0000a\u0000s\u0000s: SEKRET" },
    { name: "JSON that is cut", text: '{"password":"SEKRET' },
    { name: "JSON with a trailing comma", text: '{"password":["a","SEKRET"],}' },
    { name: "a JSON string", text: '"SEKRET"' },
    { name: "a form", text: "username=u&password=SEKRET" },
    {
      name: "objects nested deeper than the stack",
      text: `${'{"a":'.repeat(50_000)}"SEKRET"${"}".repeat(50_000)}`,
    },
  ])("$name", ({ text }) => {
    expect(body(text)).toBe(`[${Buffer.byteLength(text)} bytes, text/plain]`);
  });

  test.each([
    { name: "JSON where a form is taken", text: '{"token":"SEKRET"}' },
    { name: "JSON with an equals sign where a form is taken", text: '{"token":"SEKRET="}' },
  ])("$name", ({ text }) => {
    expect(body(text, "application/x-www-form-urlencoded")).toBe(`[${text.length} bytes, text/plain]`);
  });

  test("a body of an operation that takes none", () => {
    expect(body("SEKRET", "")).toBe("[6 bytes, text/plain]");
  });
});

test.each([
  { text: '{"pass\\u0077ord":"SEKRET","a":1}', shown: '{"password":"[redacted]","a":1}' },
  { text: '{"a":{"client_secret":["SEKRET"]}}', shown: '{"a":{"client_secret":"[redacted]"}}' },
  {
    text: '{"apiKey":"SEKRET","passwd":1,"refresh_token":2}',
    shown: '{"apiKey":"[redacted]","passwd":"[redacted]","refresh_token":"[redacted]"}',
  },
  { text: '{"url":"https://me:SEKRET@a.example/x"}', shown: '{"url":"https://[redacted]@a.example/x"}' },
  { text: '{"name":"password","value":"SEKRET"}', shown: '{"name":"password","value":"[redacted]"}' },
  {
    text: '[{"value":["SEKRET"],"Key":"vz-m2m-token"},{"name":"Fota","value":"a"}]',
    shown: '[{"value":"[redacted]","Key":"[redacted]"},{"name":"Fota","value":"a"}]',
  },
  { text: '{"field":"token","data":{"SEKRET":1}}', shown: '{"field":"token","data":"[redacted]"}' },
  {
    text: '[["password","SEKRET"],["username","u"]]',
    shown: '[["password","[redacted]"],["username","u"]]',
  },
  { text: '{"url":"https://a.example/token/SEKRET"}', shown: '{"url":"https://a.example/token/[redacted]"}' },
  { text: '{"note":"{\\"password\\":\\"SEKRET\\"}"}', shown: '{"note":"{\\"password\\":[redacted]"}' },
])("JSON is shown without its secrets: $text", ({ text, shown }) => {
  expect(body(text)).toBe(shown);
});

test("A form of a name and a value is shown without the value", () => {
  const form = "application/x-www-form-urlencoded";
  expect(body("name=password&value=SEKRET", form)).toBe("name=password&value=[redacted]");
  expect(body("value=SEKRET&key=password", form)).toBe("value=[redacted]&key=[redacted]");
});

test("A form is shown without its secrets", () => {
  expect(body("grant_type=x&%74oken=SEKRET&token_type_hint=a", "application/x-www-form-urlencoded")).toBe(
    "grant_type=x&%74oken=[redacted]&token_type_hint=a",
  );
});

test.each([
  { url: "/x?user[password]=SEKRET&a=b", shown: "/x?user[password]=[redacted]&a=b" },
  { url: "/x?a=1;password=SEKRET", shown: "/x?a=1;password=[redacted]" },
  { url: "/x?password=SEKRET;SEKRET?SEKRET", shown: "/x?password=[redacted]" },
  { url: "/x?api_key=SEKRET", shown: "/x?api_key=[redacted]" },
  { url: "/x?p%61ssword=SEKRET%", shown: "/x?p%61ssword=[redacted]" },
  { url: "/x?url=https%3A%2F%2Fme%3ASEKRET%40a.example", shown: "/x?url=[redacted]" },
  { url: "https://SEKRET@a.example/x?b=c", shown: "https://[redacted]@a.example/x?b=c" },
  { url: "https://me:SEK/RET@a.example/x", shown: "https://[redacted]@a.example/x" },
  { url: "https://me:SEKRET@a.example/x@y", shown: "https://[redacted]@a.example/x@y" },
  { url: "/x?name=password&value=SEKRET", shown: "/x?name=password&value=[redacted]" },
  { url: "/x?value=SEKRET&key=token", shown: "/x?value=[redacted]&key=[redacted]" },
  { url: "/token/SEKRET/page/2?a=b", shown: "/token/[redacted]/page/2?a=b" },
  { url: "/p%61ssword/SEKRET", shown: "/p%61ssword/[redacted]" },
  { url: "/x/a3b0c4d2-58cc-4372-a567-0e02b2c3d479/y", shown: "/x/[redacted]/y" },
  { url: "/x/d41d8cd98f00b204e9800998ecf8427e", shown: "/x/[redacted]" },
  { url: "/x/eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", shown: "/x/[redacted]" },
  { url: "/x/Ab3dEf6hIj9kLm2nOp5q", shown: "/x/[redacted]" },
  { url: `/x/${btoa("me:SEKRET")}`, shown: "/x/[redacted]" },
  { url: `/x/Basic%20${btoa("a:b")}`, shown: "/x/[redacted]" },
  { url: "https://a.example/secret/SEKRET?b=c", shown: "https://a.example/secret/[redacted]?b=c" },
  { url: "/x#access_token=SEKRET", shown: "/x#access_token=[redacted]" },
])("A URL is shown without its secrets: $url", ({ url, shown }) => {
  expect(redactUrl(url)).toBe(shown);
});

test.each([
  "/api/ts/v1/oauth2/token",
  "https://a.example:8080/x@y?mail=a@b.example",
  "https://[::1]:8080/x?token_type=bearer&page=2#key",
  "/api/fota/v2/callbacks/a%2Fb%",
  "/api/fota/v1/callbacks/0242078689-00001/name/Fota",
  "/api/m2m/v1/session/login",
  "https://a.example/a106",
  "/healthz?name=Fota&value=1",
  "https://listener.example.com:8443/thingspace/firmware-callbacks-2026",
])("A URL without secrets stays as it is: %s", (url) => {
  expect(redactUrl(url)).toBe(url);
});

test.each([
  "Authorization",
  "X-Forwarded-Authorization",
  "VZ-M2M-Token",
  "VZ-M2M-Session-Token",
  "SessionToken",
  "X-Auth-Token",
  "Api-Key",
  "X-Api-Key",
  "Cookie",
  "Mock-Control-Token",
])("The header %s is hidden", (name) => {
  expect(redactHeaders({ [name]: "SEKRET" })).toEqual({ [name]: "[redacted]" });
});

test("Other headers are shown without the secrets in their URLs and credentials", () => {
  expect(
    redactHeaders({ referer: "https://me:SEKRET@a.example/", "x-b": "Bearer SEKRET", "x-c": "c" }),
  ).toEqual({
    referer: "https://[redacted]@a.example/",
    "x-b": "Bearer [redacted]",
    "x-c": "c",
  });
});

describe("Redaction takes time in proportion to its input:", () => {
  const texts = [
    "?",
    "&",
    "=",
    ";",
    "%",
    "%25",
    "//",
    "://a:",
    "@",
    "a:b@",
    "pass",
    "token",
    "password ",
    "password=[redacted]",
    "bearer ",
    " ",
    "\\",
    '"',
    "a",
    "?a",
    "a=b&",
    "name=token&",
    "/",
    "/token",
    "/a",
    "://a/",
    "YTpi",
    "aB3",
    "eyJa.",
  ];
  test.each(texts)("a URL of many %j", async (part) => {
    await assertLinear({ input: (size) => part.repeat(size), run: redactUrl, largestSize: 500_000 });
  });

  test.each(texts)("a JSON string of many %j", async (part) => {
    const input = (size: number) => JSON.stringify({ a: part.repeat(size) });
    await assertLinear({ input, run: (text) => body(text), largestSize: 200_000 });
  });

  test.each(texts)("a form of many %j", async (part) => {
    const input = (size: number) => part.repeat(size);
    const run = (text: string) => body(text, "application/x-www-form-urlencoded");
    await assertLinear({ input, run, largestSize: 200_000 });
  });

  test("headers, by their length", async () => {
    // As many as Node.js takes; V8 stores an object of more members in another way, which takes longer.
    const input = (size: number) =>
      Object.fromEntries(
        Array.from({ length: 200 }, (_, index) => [`x-${index}-header`, "?=&".repeat(size / 100)]),
      );
    await assertLinear({ input, run: redactHeaders, largestSize: 200_000 });
  });
});
