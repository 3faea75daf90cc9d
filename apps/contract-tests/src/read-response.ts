import { isJson, parseMediaType } from "@thingspace-callbacks/contract";

/** A response whose body has been read. */
export interface ReadResponse {
  status: number;
  /** Without parameters; empty without a Content-Type. */
  mediaType: string;
  headers: Headers;
  /** Parsed if it is JSON, otherwise text; undefined if it is empty. */
  body?: unknown;
}

export async function readResponse(response: Response): Promise<ReadResponse> {
  const { status, headers } = response;
  const mediaType = parseMediaType(headers.get("Content-Type")).type;
  const text = await response.text();
  return { status, mediaType, headers, ...(text !== "" && { body: parsed(text, mediaType) }) };
}

function parsed(text: string, mediaType: string): unknown {
  if (!isJson(mediaType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
