import { type CopiedRequest, encodeCopiedBody } from "./request.ts";

/** Formats a request as a curl command, for the shells of Linux, macOS and Windows' WSL. */
export function formatCurl(request: CopiedRequest): string {
  const { method, url, headers } = request;
  const body = encodeCopiedBody(request);
  return [
    "curl",
    ...(method === "GET" ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quote(body)}`]),
    quote(url),
  ].join(" ");
}

/** Quotes a word for a shell. */
const quote = (text: string) => (/^[\w:/.@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
