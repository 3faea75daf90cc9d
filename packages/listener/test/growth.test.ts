import { assertLinear } from "@thingspace-callbacks/test-support";
import { test } from "vitest";
import { canonicalizeAddress } from "../src/address.ts";
import { createBody } from "../src/body.ts";
import { apis } from "../src/generated/apis.ts";
import { parseJson } from "../src/json.ts";
import { canBeJson } from "../src/media-type.ts";
import { hashJson } from "../src/message-key.ts";
import { isOneOf } from "../src/secret.ts";
import { getLastSegment } from "../src/verification.ts";
import { web } from "./adapters.ts";
import { createListener, messageOf, post } from "./listeners.ts";

const encode = (text: string) => new TextEncoder().encode(text);

const texts = [
  { name: "a media type", run: (text: string) => canBeJson(text, "application/json") },
  { name: "a path", run: getLastSegment },
  { name: "an address", run: canonicalizeAddress },
  { name: "a value compared with a secret", run: (text: string) => isOneOf(["the secret"], text) },
];
const parts = ["a", "0", " ", ";", "; charset=", "/", "//", "%41", "%", "?", "#", ":", "1.", "f:", "[", '"'];

const ends = ["", "x"];

test.each(texts.flatMap((text) => parts.flatMap((part) => ends.map((end) => ({ ...text, part, end })))))(
  "$name of many $part before $end is read in linear time",
  async ({ part, end, run }) => {
    await assertLinear({ input: (size) => part.repeat(size) + end, run, largestSize: 10_000 });
  },
);

const members = (count: number) => Array.from({ length: count }, (_, index) => `"member${index}":${index}`);
const bodies = [
  { name: "a list with one escape", input: (size: number) => `[${"1,".repeat(size)}"\\u0041"]` },
  {
    name: "a list of objects named __proto__",
    input: (size: number) => `[${'{"__proto__":{}},'.repeat(size)}0]`,
  },
  {
    name: "nested lists with an escape",
    input: (size: number) => `["\\u0041",${"[".repeat(size)}${"]".repeat(size)}]`,
  },
  {
    name: "nested __proto__",
    input: (size: number) => `${'{"__proto__":'.repeat(size)}0${"}".repeat(size)}`,
  },
  // V8 stores more than about a thousand members in another way.
  { name: "an object of many members", input: (size: number) => `{${members(15 * size).join()}}` },
  { name: "a long text", input: (size: number) => JSON.stringify("\\u00 ü\n".repeat(size)) },
];

test.each(bodies)("JSON with $name is parsed in linear time", async ({ input }) => {
  await assertLinear({ input: (size) => encode(input(size)), run: parseJson, size: 100 });
});

test.each(bodies)("JSON with $name is hashed in linear time", async ({ input }) => {
  const run = (value: unknown) => hashJson("v1", value);
  await assertLinear({
    input: (size) => parseJson(encode(input(size))),
    run,
    size: 100,
    largestSize: 200_000,
  });
});

test.each([
  { name: "firmware", input: (size: number) => ({ firmwareList: Array(size).fill({ model: "x" }) }) },
  { name: "mismatches", input: (size: number) => ({ firmwareList: Array(size).fill({ model: 5 }) }) },
])("a message with many $name is checked in linear time", async ({ input }) => {
  await assertLinear({ input, run: apis.v1.check });
});

test("a body of small chunks is collected in linear time", async () => {
  const run = (chunks: Uint8Array[]) => {
    const body = createBody({ maxBodyBytes: 10_000_000, bodyTimeoutMs: 1 });
    for (const chunk of chunks) body.add(chunk);
    return body.bytes();
  };
  await assertLinear({ input: (size) => Array<Uint8Array>(size).fill(encode("x")), run });
});

test("a whole request is received in linear time", async () => {
  const { listener } = createListener({ maxBodyBytes: 100_000_000 });
  const input = (size: number) => post(messageOf({ list: Array(size).fill({ a: "\u0001" }) }));
  await assertLinear({ input, run: (sent) => web.send(listener, sent), size: 100, largestSize: 200_000 });
});
