import { explainMock, type SampleHeader, type SampleRequest, serverVariable, splitPath } from "./request.ts";

/** Returns a sample for Go 1.22 or newer that uses only the standard library, in the form of gofmt. */
export function go({ method, server, path, parameters, headers, body }: SampleRequest): string {
  const form = body?.contentType === "application/x-www-form-urlencoded";
  const { url, mock } = server;
  const packages = [
    ...(mock ? ["cmp"] : []),
    "fmt",
    "io",
    "log",
    "net/http",
    ...(form ? ["net/url"] : []),
    ...(headers.length > 0 || mock ? ["os"] : []),
    ...(body ? ["strings"] : []),
  ];
  return [
    "package main",
    "",
    "import (",
    ...packages.map((name) => `\t"${name}"`),
    ")",
    "",
    "func main() {",
    ...(mock ? [`\t// ${explainMock(mock)}`] : []),
    mock ? `\tbase := cmp.Or(os.Getenv("${serverVariable}"), "${url}")` : `\tbase := "${url}"`,
    ...parameters.map(({ name, value }) => `\t${name} := ${JSON.stringify(value)}`),
    ...(body ? [form ? formOf(body.value) : jsonOf(body.value)] : []),
    "",
    `\trequest, err := http.NewRequest("${method}", base+${concatenate(path)}, ${bodyReader(body)})`,
    ...stopOnError,
    ...headers.map(setHeader),
    ...(body ? [`\trequest.Header.Set("Content-Type", "${body.contentType}")`] : []),
    "\tresponse, err := http.DefaultClient.Do(request)",
    ...stopOnError,
    "\tdefer response.Body.Close()",
    "\tanswer, err := io.ReadAll(response.Body)",
    ...stopOnError,
    "\tfmt.Println(response.StatusCode, string(answer))",
    "}",
  ].join("\n");
}

const stopOnError = ["\tif err != nil {", "\t\tlog.Fatal(err)", "\t}"];

const concatenate = (path: string) =>
  splitPath(path)
    .map((part, index) => (index % 2 ? part : part && `"${part}"`))
    .filter(Boolean)
    .join("+");

function bodyReader(body: SampleRequest["body"]): string {
  return body ? "strings.NewReader(body)" : "nil";
}

function setHeader({ name, scheme, variables }: SampleHeader): string {
  const [first, second] = variables.map((variable) => `os.Getenv("${variable}")`);
  if (scheme === "Basic") return `\trequest.SetBasicAuth(${first}, ${second})`;
  return `\trequest.Header.Set("${name}", ${scheme && `"${scheme} "+`}${first})`;
}

const jsonOf = (value: unknown) =>
  `\tbody := \`${JSON.stringify(value, null, 2).replaceAll("`", '` + "`" + `')}\``;

function formOf(value: Record<string, unknown>): string {
  const members = Object.entries(value).map(([name, text]) => `"${name}": {"${text}"}`);
  return `\tbody := url.Values{${members.join(", ")}}.Encode()`;
}
