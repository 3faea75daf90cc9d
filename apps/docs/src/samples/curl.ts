import type { SampleHeader, SampleRequest } from "./request.ts";

export function curl({ method, url, parameters, headers, body }: SampleRequest): string {
  const filled = parameters.reduce((text, { name, value }) => text.replace(`{${name}}`, value), url);
  const data = body && dataOf(body.contentType, body.value);
  const options = [...headers.map(headerOption), ...(data ?? [])];
  const first = method === "GET" || (method === "POST" && data) ? "curl" : `curl --request ${method}`;
  return [`${first} ${filled}`, ...options].join(" \\\n  ");
}

function headerOption({ name, scheme, variables }: SampleHeader): string {
  const values = variables.map((variable) => `$${variable}`).join(":");
  return scheme === "Basic" ? `--user "${values}"` : `--header "${name}: ${scheme && `${scheme} `}${values}"`;
}

function dataOf(contentType: string, value: Record<string, unknown>): string[] {
  if (contentType === "application/x-www-form-urlencoded") {
    return Object.entries(value).map(([name, text]) => `--data-urlencode ${name}=${text}`);
  }
  const short = JSON.stringify(value);
  const text = short.length > 60 ? JSON.stringify(value, null, 2).replaceAll("\n", "\n  ") : short;
  return [`--header 'Content-Type: ${contentType}'`, `--data '${text.replaceAll("'", "'\\''")}'`];
}
