import { explainMock, type SampleHeader, type SampleRequest, serverVariable } from "./request.ts";

/** Returns a sample for .NET 8 or newer with implicit usings, as `dotnet new console` enables them. */
export function csharp({ method, server, path, parameters, headers, body }: SampleRequest): string {
  const form = body?.contentType === "application/x-www-form-urlencoded";
  const basic = headers.some(({ scheme }) => scheme === "Basic");
  const { url, mock } = server;
  const base = mock ? `Environment.GetEnvironmentVariable("${serverVariable}") ?? "${url}"` : `"${url}"`;
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  return [
    ...(basic || (body && !form) ? ["using System.Text;", ""] : []),
    'static string Secret(string name) => Environment.GetEnvironmentVariable(name) ?? throw new Exception($"{name} is not set");',
    "",
    ...(mock ? [`// ${explainMock(mock)}`] : []),
    `var url = ${base};`,
    ...parameters.map(({ name, value }) => `var ${name} = "${value}";`),
    "using var client = new HttpClient();",
    `using var request = new HttpRequestMessage(HttpMethod.${verb}, $"{url}${path}");`,
    ...headers.map((header) => `request.Headers.Add("${header.name}", ${headerValue(header)});`),
    ...(body ? [form ? formOf(body.value) : jsonOf(body.contentType, body.value)] : []),
    "",
    "using var response = await client.SendAsync(request);",
    'Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");',
  ].join("\n");
}

function headerValue({ scheme, variables }: SampleHeader): string {
  const [first, second] = variables.map((variable) => `Secret("${variable}")`);
  if (scheme === "Basic") {
    return `"Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(${first} + ":" + ${second}))`;
  }
  return scheme ? `"${scheme} " + ${first}` : `${first}`;
}

function formOf(value: Record<string, unknown>): string {
  const members = Object.entries(value).map(([name, text]) => `    ["${name}"] = "${text}",`);
  return [
    "request.Content = new FormUrlEncodedContent(new Dictionary<string, string>",
    "{",
    ...members,
    "});",
  ].join("\n");
}

function jsonOf(contentType: string, value: Record<string, unknown>): string {
  const lines = JSON.stringify(value, null, 4).split("\n");
  return [
    'var body = """',
    ...lines.map((line) => `    ${line}`),
    '    """;',
    `request.Content = new StringContent(body, Encoding.UTF8, "${contentType}");`,
  ].join("\n");
}
