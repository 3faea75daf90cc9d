import { findMember, isJson, listMembers, type Operation } from "@thingspace-callbacks/contract";
import type { Call } from "./call.ts";
import type { Verdict } from "./verdict.ts";

/** A call about which Prism and the mock disagree although neither the document nor the mock is wrong. */
export interface Disagreement {
  what: string;
  why: string;
  mock: Verdict;
  prism: Verdict;
  /** Returns true if a call of this operation can be changed in this way. */
  concerns(operation: Operation): boolean;
  apply(call: Call): Call;
}

const withHeader = (name: string, value: string) => (call: Call) => ({
  ...call,
  headers: { ...call.headers, [name]: value },
});
const takesJson = ({ body }: Operation) => body !== undefined && isJson(body.mediaType);
const isSentAs = (kind: string) => (operation: Operation) =>
  operation.security.some(({ sentAs }) => sentAs === kind);

const findOptional = ({ body }: Operation) =>
  listMembers(body?.schema ?? {}).find(({ isRequired }) => !isRequired)?.name;

/** All there are: the tests hold that each occurs, and that no other does. */
export const disagreements: Disagreement[] = [
  {
    what: "Content-Type: */*",
    why: "The vendor's SDKs send it with JSON (departure D3). Prism takes it for a media type of its own.",
    mock: "takes",
    prism: "refuses",
    concerns: takesJson,
    apply: withHeader("Content-Type", "*/*"),
  },
  {
    what: "a charset that is not UTF-8",
    why: "Prism does not look at the parameters of a media type, and reads the body as UTF-8.",
    mock: "refuses",
    prism: "takes",
    concerns: takesJson,
    apply: withHeader("Content-Type", "application/json; charset=utf-16"),
  },
  {
    what: "Content-Encoding: gzip",
    why: "Prism does not look at the header, and reads the body as it is.",
    mock: "refuses",
    prism: "takes",
    concerns: takesJson,
    apply: withHeader("Content-Encoding", "gzip"),
  },
  {
    what: "an authentication scheme in lower case",
    why: "Schemes are case-insensitive (RFC 9110, 11.1). Prism knows `Bearer` only.",
    mock: "takes",
    prism: "refuses",
    concerns: isSentAs("bearer"),
    apply: withHeader("Authorization", "bearer any"),
  },
  {
    what: "an access token of two words",
    why: "A bearer token has no spaces (RFC 6750, 2.1). Prism takes whatever follows the scheme.",
    mock: "refuses",
    prism: "takes",
    concerns: isSentAs("bearer"),
    apply: withHeader("Authorization", "Bearer two words"),
  },
  {
    what: "a colon in the application's secret",
    why: "A password may have colons (RFC 7617, 2). Prism wants two parts, no more.",
    mock: "takes",
    prism: "refuses",
    concerns: isSentAs("basic"),
    apply: withHeader("Authorization", `Basic ${btoa("key:a:secret")}`),
  },
  {
    what: "a member named __proto__",
    why: "The mock refuses what could change the objects of the program that reads it. Prism passes it on.",
    mock: "refuses",
    prism: "takes",
    concerns: takesJson,
    apply: (call) => ({ ...call, text: JSON.stringify(call.body).replace("{", '{"__proto__":{},') }),
  },
  {
    what: "a body of more than 64 KiB",
    why: "The mock's limit is its own (departure D28); Prism's is 10 MB.",
    mock: "refuses",
    prism: "takes",
    concerns: takesJson,
    apply: (call) => ({ ...call, body: { ...(call.body as object), more: "x".repeat(65_536) } }),
  },
  {
    what: "null for an optional member",
    why: "Vendor SDKs send null for an argument that was left out (departure D34). Prism goes by the schema.",
    mock: "takes",
    prism: "refuses",
    concerns: (operation) => takesJson(operation) && findOptional(operation) !== undefined,
    apply: (call) => ({
      ...call,
      body: { ...(call.body as object), [findOptional(call.operation) ?? ""]: null },
    }),
  },
  {
    what: "http for a loopback host",
    why: "The documents let the mock take it (`x-mock-loopback`), for a developer's own listener. Prism does not know the keyword.",
    mock: "takes",
    prism: "refuses",
    concerns: ({ body }) => findMember(body?.schema ?? {}, "url")?.["x-mock-loopback"] === "http",
    apply: (call) => ({ ...call, body: { ...(call.body as object), url: "http://127.0.0.1:8080/fota" } }),
  },
];
