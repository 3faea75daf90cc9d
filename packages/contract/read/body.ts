import type { Body, RequestBody } from "../src/body.ts";
import type { RawContent, RawOperation } from "./raw.ts";

/** Returns the one media type of a content, or undefined when there is no content. */
export function readBody(where: string, content: RawContent | undefined): Body | undefined {
  const [media, ...others] = Object.entries(content ?? {});
  if (!media) return undefined;
  if (others.length > 0) throw new Error(`${where}: one media type is expected`);
  const [mediaType, { schema, examples }] = media;
  if (!examples || Object.keys(examples).length === 0) {
    throw new Error(`${where}: ${mediaType} has no named example`);
  }
  return { mediaType: mediaType.toLowerCase(), schema, examples };
}

export function readRequestBody(
  where: string,
  { description, required = false, content }: NonNullable<RawOperation["requestBody"]>,
): RequestBody {
  const body = readBody(`${where}, request body`, content);
  if (!body) throw new Error(`${where}: the request body has no media type`);
  return { description, isRequired: required, ...body };
}
