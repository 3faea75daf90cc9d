import { explainMock, type SampleHeader, type SampleRequest, serverVariable, splitPath } from "./request.ts";

/** Returns a sample for Java 17 or newer without libraries: a file that `java FILE` compiles and runs. */
export function java(
  operationId: string,
  { method, server, path, parameters, headers, body }: SampleRequest,
): string {
  const form = body?.contentType === "application/x-www-form-urlencoded";
  const basic = headers.some(({ scheme }) => scheme === "Basic");
  const { url, mock } = server;
  return [
    "import java.net.URI;",
    ...(form ? ["import java.net.URLEncoder;"] : []),
    "import java.net.http.HttpClient;",
    "import java.net.http.HttpRequest;",
    "import java.net.http.HttpRequest.BodyPublishers;",
    "import java.net.http.HttpResponse.BodyHandlers;",
    ...(form ? ["import java.nio.charset.StandardCharsets;"] : []),
    ...(basic ? ["import java.util.Base64;"] : []),
    "",
    `class ${operationId.charAt(0).toUpperCase()}${operationId.slice(1)} {`,
    "    public static void main(String[] args) throws Exception {",
    ...indent(2, [
      ...(mock ? [`// ${explainMock(mock)}`] : []),
      mock
        ? `var base = System.getenv().getOrDefault("${serverVariable}", "${url}");`
        : `var base = "${url}";`,
      ...parameters.map(({ name, value }) => `var ${name} = ${JSON.stringify(value)};`),
      ...(body ? (form ? formOf(body.value) : jsonOf(body.value)) : []),
      "",
      `var request = HttpRequest.newBuilder(URI.create(base + ${concatenate(path)}))`,
      ...headers.map((header) => `        .header("${header.name}", ${headerValue(header)})`),
      ...(body ? [`        .header("Content-Type", "${body.contentType}")`] : []),
      `        .method("${method}", ${body ? "BodyPublishers.ofString(body)" : "BodyPublishers.noBody()"})`,
      "        .build();",
      "var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());",
      'System.out.println(response.statusCode() + " " + response.body());',
    ]),
    "    }",
    ...(basic || headers.length > 0 ? ["", ...indent(1, secret)] : []),
    "}",
  ].join("\n");
}

const secret = [
  "static String secret(String name) {",
  "    var value = System.getenv(name);",
  '    if (value == null) throw new IllegalStateException(name + " is not set");',
  "    return value;",
  "}",
];

const indent = (depth: number, lines: string[]) =>
  lines.map((line) => (line ? "    ".repeat(depth) + line : line));

const concatenate = (path: string) =>
  splitPath(path)
    .map((part, index) => (index % 2 ? part : part && `"${part}"`))
    .filter(Boolean)
    .join(" + ");

function headerValue({ scheme, variables }: SampleHeader): string {
  const [first, second] = variables.map((variable) => `secret("${variable}")`);
  if (scheme === "Basic") {
    return `"Basic " + Base64.getEncoder().encodeToString((${first} + ":" + ${second}).getBytes())`;
  }
  return scheme ? `"${scheme} " + ${first}` : `${first}`;
}

function jsonOf(value: unknown): string[] {
  const text = JSON.stringify(value, null, 2).replaceAll("\\", "\\\\").replaceAll('"""', '\\"""');
  return ['var body = """', ...text.split("\n").map((line) => `        ${line}`), '        """;'];
}

function formOf(value: Record<string, unknown>): string[] {
  const members = Object.entries(value).map(
    ([name, text], index) =>
      `${index === 0 ? '"' : ""}${name}=" + URLEncoder.encode("${text}", StandardCharsets.UTF_8)`,
  );
  return [`var body = ${members.join('\n                + "&')};`];
}
