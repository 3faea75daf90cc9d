import { isJson, parseMediaType } from "@thingspace-callbacks/contract";

/** What came back, read to its end. */
export interface Answer {
  status: number;
  /** Without parameters; empty when there is none. */
  mediaType: string;
  headers: Headers;
  /** Parsed when it is JSON, otherwise text; nothing when it is empty. */
  body?: unknown;
}

export async function answerOf(response: Response): Promise<Answer> {
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
