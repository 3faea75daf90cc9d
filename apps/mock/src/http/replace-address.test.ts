import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { createAddressReplacer } from "./replace-address.ts";

const usual = "http://127.0.0.1:4010";

/** Sends a text through the stream, in chunks of a size. */
function replace(written: string, chunkSize: number): Promise<string> {
  const chunks = Array.from({ length: Math.ceil(written.length / chunkSize) }, (_, index) =>
    Buffer.from(written.slice(index * chunkSize, (index + 1) * chunkSize)),
  );
  return text(Readable.from(chunks).pipe(createAddressReplacer(usual, "https://team.example/mock")));
}

test.each([1, 2, 7, 20, 21, 22, 1_000])(
  "The address is replaced in chunks of %i bytes",
  async (chunkSize) => {
    const written = `<a href="${usual}/docs/">${usual}</a>${usual}${usual} http://127.0.0.1:401`;
    const expected = written.replaceAll(usual, "https://team.example/mock");
    expect(await replace(written, chunkSize)).toBe(expected);
  },
);

test("A text without the address stays as it is", async () => {
  expect(await replace("http://127.0.0.1:8080", 4)).toBe("http://127.0.0.1:8080");
  expect(await replace("", 4)).toBe("");
});
