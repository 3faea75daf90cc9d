import { explainMock, type SampleHeader, type SampleRequest, serverVariable } from "./request.ts";

/** Returns a sample that uses only Ruby's standard library, so that it runs without an installation. */
export function ruby({ method, server, path, parameters, headers, body }: SampleRequest): string {
  const form = body?.contentType === "application/x-www-form-urlencoded";
  const address = parameters.reduce((text, { name }) => text.replace(`{${name}}`, `#{${name}}`), path);
  return [
    'require "json"',
    'require "net/http"',
    "",
    ...(server.mock ? [`# ${explainMock(server.mock)}`] : []),
    `base = ${server.mock ? `ENV.fetch("${serverVariable}", "${server.url}")` : `"${server.url}"`}`,
    ...parameters.map(({ name, value }) => `${name} = "${value}"`),
    ...(body ? [`body = ${literal(body.value)}`] : []),
    `uri = URI("#{base}${address}")`,
    "headers = {",
    ...headers.map((header) => `  "${header.name}" => ${headerValue(header)},`),
    ...(body ? [`  "Content-Type" => "${body.contentType}",`] : []),
    "}",
    "",
    'response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https") do |http|',
    `  http.send_request("${method}", uri.request_uri, ${body ? (form ? "URI.encode_www_form(body)" : "JSON.generate(body)") : "nil"}, headers)`,
    "end",
    "puts response.code, response.body",
  ].join("\n");
}

function headerValue({ scheme, variables }: SampleHeader): string {
  const [first, second] = variables.map((variable) => `ENV.fetch("${variable}")`);
  if (scheme === "Basic") return `"Basic " + [${first} + ":" + ${second}].pack("m0")`;
  return scheme ? `"${scheme} " + ${first}` : `${first}`;
}

function literal(value: unknown, indent = ""): string {
  if (value === null) return "nil";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, inner)},`)
    : Object.entries(value).map(([name, item]) => `${inner}${name}: ${literal(item, inner)},`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return lines.length === 0 ? `${open}${close}` : [open, ...lines, indent + close].join("\n");
}
