import { explainMock, type SampleHeader, type SampleRequest, serverVariable } from "./request.ts";

export function curl({ method, server, path, parameters, headers, body }: SampleRequest): string {
  const filled = parameters.reduce((text, { name, value }) => text.replace(`{${name}}`, value), path);
  const data = body && dataOf(body.contentType, body.value);
  const options = [...headers.map(headerOption), ...(data ?? [])];
  const first = method === "GET" || (method === "POST" && data) ? "curl" : `curl --request ${method}`;
  const address = server.mock ? `"\${${serverVariable}:-${server.url}}${filled}"` : server.url + filled;
  const command = [`${first} ${address}`, ...options].join(" \\\n  ");
  return server.mock ? `# ${explainMock(server.mock)}\n${command}` : command;
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
