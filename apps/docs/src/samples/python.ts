import { explainMock, type SampleHeader, type SampleRequest, serverVariable } from "./request.ts";

/** Returns a sample that uses only Python's standard library, so that it runs without an installation. */
export function python({ method, server, path, parameters, headers, body }: SampleRequest): string {
  const form = body?.contentType === "application/x-www-form-urlencoded";
  const basic = headers.some(({ scheme }) => scheme === "Basic");
  const { url, mock } = server;
  const base = mock
    ? [`# ${explainMock(mock)}`, `base = os.environ.get("${serverVariable}", "${url}")`]
    : [`base = "${url}"`];
  return [
    ...(basic ? ["import base64"] : []),
    "import json",
    ...(headers.length > 0 || mock ? ["import os"] : []),
    ...(form ? ["import urllib.parse"] : []),
    "import urllib.request",
    "",
    ...base,
    ...parameters.map(({ name, value }) => `${name} = "${value}"`),
    ...(body ? [`body = ${literal(body.value)}`] : []),
    "",
    "request = urllib.request.Request(",
    `    f"{base}${path}",`,
    `    method="${method}",`,
    "    headers={",
    ...headers.map((header) => `        "${header.name}": ${headerValue(header)},`),
    ...(body ? [`        "Content-Type": "${body.contentType}",`] : []),
    "    },",
    ...(body ? [`    data=${form ? "urllib.parse.urlencode(body)" : "json.dumps(body)"}.encode(),`] : []),
    ")",
    "with urllib.request.urlopen(request) as response:",
    '    print(response.status, json.loads(response.read() or "null"))',
  ].join("\n");
}

function headerValue({ scheme, variables }: SampleHeader): string {
  const [first, second] = variables.map((variable) => `os.environ['${variable}']`);
  if (scheme === "Basic") return `"Basic " + base64.b64encode(f"{${first}}:{${second}}".encode()).decode()`;
  return scheme ? `f"${scheme} {${first}}"` : `os.environ["${variables[0]}"]`;
}

function literal(value: unknown, indent = ""): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}    `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, inner)},`)
    : Object.entries(value).map(([name, item]) => `${inner}"${name}": ${literal(item, inner)},`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return lines.length === 0 ? `${open}${close}` : [open, ...lines, indent + close].join("\n");
}
