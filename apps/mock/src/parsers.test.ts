import { isLoopbackHost } from "@thingspace-callbacks/contract";
import { assertLinear } from "@thingspace-callbacks/test-support";
import { describe, test } from "vitest";
import { createAllowList } from "./deliveries/target/allow-list.ts";
import { findTargetRefusal } from "./deliveries/target/refusal.ts";
import { createAuthentication } from "./http/authentication.ts";
import { readBasic } from "./http/basic-credentials.ts";
import { decodeBody } from "./http/body.ts";
import { readOrigins } from "./http/cors-origins.ts";
import { createNotFound } from "./http/error-handler.ts";
import { readOrigin } from "./http/pages.ts";
import { readPublicUrl } from "./http/public-url.ts";
import { readPathname, routes } from "./operations/routes.ts";
import { describeUriRule } from "./validation/uri-rule.ts";

function operationOf(operationId: string) {
  const operation = routes.find((route) => route.operation.operationId === operationId)?.operation;
  if (!operation) throw new Error(`The documents have no ${operationId}`);
  return operation;
}
const authenticate = createAuthentication("platform");
const requestToken = operationOf("requestToken");
const registerCallback = operationOf("registerCallback");

/** Runs a parser on texts that it mostly refuses. */
function refusing(parse: (text: string) => unknown) {
  return (text: string) => {
    try {
      parse(text);
    } catch (error) {
      if (error instanceof TypeError) throw error;
    }
  };
}

/** The maximum size that Node.js accepts for a request's first line and headers. */
const headersLimit = 16_000;
const bodyLimit = 64_000;
const json = { contentType: "application/json" };
const parsers = [
  {
    name: "Host, for the control operations",
    parse: (text: string) => isLoopbackHost(text),
    parts: ["a", "1.", ":1", "[", "]", ":", "127.", "]:1"],
  },
  {
    name: "Host, for the documents",
    parse: (text: string) => readOrigin("http", text),
    parts: ["a", "a.", ":1", "[", "$'", "xn--"],
  },
  {
    name: "Authorization, of an application",
    parse: (text: string) => authenticate(requestToken, { authorization: text }, undefined),
    parts: ["Basic ", "Basic a", "a", " ", "=", "A=", "Basic  "],
  },
  {
    name: "Authorization, of a client",
    parse: (text: string) =>
      authenticate(registerCallback, { authorization: text, "vz-m2m-token": "a" }, undefined),
    parts: ["Bearer ", "Bearer a", "a", " ", "a "],
  },
  {
    name: "Basic credentials",
    parse: (text: string) => readBasic(`Basic ${text}`),
    // Colons, percent signs and letters, in base64.
    parts: ["Ojo6", "JSUl", "JTI1", "YWFh", "KysrIA=="],
    // The larger one is beyond what a header can be: the memory of texts below 4 kB is cheaper.
    size: 16_000,
    largestSize: 64_000,
  },
  {
    name: "the path of a request",
    parse: (text: string) => createNotFound("GET", readPathname(text), routes),
    parts: ["/", "http://", "?", "/api", "/api/fota/v1/callbacks/a", "{a}", "a"],
  },
  {
    name: "Content-Type",
    parse: (text: string) => decodeBody(registerCallback, Buffer.from("{}"), { contentType: text }),
    parts: [";", "; charset=", "charset=utf-8;", " ", "a/b", '"'],
  },
  {
    name: "JSON",
    parse: (text: string) => decodeBody(registerCallback, Buffer.from(text), json),
    largestSize: bodyLimit,
    parts: ["[", '{"a":', " ", '"', "\\", '"__proto__":', '{"constructor":', "1", "a"],
  },
  {
    name: "a form",
    parse: (text: string) =>
      decodeBody(requestToken, Buffer.from(text), { contentType: "application/x-www-form-urlencoded" }),
    largestSize: bodyLimit,
    parts: ["a=b&", "&", "=", "%", "%2", "+"],
  },
  {
    name: "the refusal of a URL",
    parse: describeUriRule,
    parts: ["https://", "a", "%zz", "|", "ä"],
  },
  {
    name: "--allow-target",
    parse: (text: string) => createAllowList([text])("a", 80),
    parts: ["a", "a.", ":1", "[", "]", "1.", "/8", "::", "xn--"],
  },
  {
    name: "the target of a delivery",
    parse: (text: string) => findTargetRefusal({ host: text, port: 80 }),
    parts: ["a", "a.", "1.", ":", "[", "0x1."],
  },
  {
    name: "--cors",
    parse: (text: string) => readOrigins(`https://${text}`),
    parts: ["a", "a.", ":1", "*", "["],
  },
  {
    name: "--public-url",
    parse: (text: string) => readPublicUrl(`https://a.example/${text}`),
    parts: ["/", "a", "../", "%"],
  },
];

describe.each(parsers)(
  "The time to read $name grows with its length:",
  ({ parse, parts, size, largestSize = headersLimit }) => {
    test.each(parts)("many %j", async (part) => {
      const input = (size: number) => part.repeat(size / part.length);
      await assertLinear({ input, run: refusing(parse), largestSize, ...(size && { size }) });
    });
  },
);

test("Many targets are read in linear time, and looked up in linear time", async () => {
  const input = (size: number) => Array.from({ length: size }, (_, index) => `listener-${index}.example`);
  await assertLinear({ input, run: (entries) => createAllowList(entries)("none", 80), size: 20 });
});
