import { explainMock, type SampleHeader, type SampleRequest, serverVariable } from "./request.ts";

/** Returns a sample for PHP 8 with its curl extension, so that it runs without Composer. */
export function php({ method, server, path, parameters, headers, body }: SampleRequest): string {
  const form = body?.contentType === "application/x-www-form-urlencoded";
  const { url, mock } = server;
  const address = parameters.reduce((text, { name }) => text.replace(`{${name}}`, `{$${name}}`), path);
  return [
    "<?php",
    ...(mock ? [`// ${explainMock(mock)}`] : []),
    mock ? `$base = getenv("${serverVariable}") ?: "${url}";` : `$base = "${url}";`,
    ...parameters.map(({ name, value }) => `$${name} = ${quote(value)};`),
    ...(body ? [form ? formOf(body.value) : jsonOf(body.value)] : []),
    "",
    `$curl = curl_init("{$base}${address}");`,
    "curl_setopt_array($curl, [",
    `    CURLOPT_CUSTOMREQUEST => "${method}",`,
    "    CURLOPT_RETURNTRANSFER => true,",
    ...(headers.length > 0 || body
      ? [
          "    CURLOPT_HTTPHEADER => [",
          ...headers.map((header) => `        ${headerValue(header)},`),
          ...(body ? [`        "Content-Type: ${body.contentType}",`] : []),
          "    ],",
        ]
      : []),
    ...(body ? ["    CURLOPT_POSTFIELDS => $body,"] : []),
    "]);",
    "$response = curl_exec($curl);",
    "if ($response === false) throw new RuntimeException(curl_error($curl));",
    'echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), " ", $response, "\\n";',
  ].join("\n");
}

const quote = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;

function headerValue({ name, scheme, variables }: SampleHeader): string {
  const [first, second] = variables.map((variable) => `getenv("${variable}")`);
  if (scheme === "Basic") return `"${name}: Basic " . base64_encode(${first} . ":" . ${second})`;
  return `"${name}: ${scheme && `${scheme} `}" . ${first}`;
}

function jsonOf(value: unknown): string {
  return [
    "$body = <<<'JSON'",
    ...JSON.stringify(value, null, 2)
      .split("\n")
      .map((line) => `    ${line}`),
    "    JSON;",
  ].join("\n");
}

function formOf(value: Record<string, unknown>): string {
  const members = Object.entries(value).map(([name, text]) => `    "${name}" => ${quote(String(text))},`);
  return ["$body = http_build_query([", ...members, "]);"].join("\n");
}
