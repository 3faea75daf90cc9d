import type { Api, Body, Operation, SecurityScheme } from "@thingspace-callbacks/contract";
import type { Sample } from "../samples/samples.ts";
import { membersTable } from "./members.ts";

/** The content of the reference of one document, used for the site's pages and for the Markdown files. */
export interface Reference {
  name: string;
  api: Api;
  samples: (operation: Operation) => Sample[];
  /** Returns a link to a page or file of the site, given its path from the site's root. */
  link: (path: string) => string;
}

/** Returns the reference of one document in Markdown, without the title: its version, its files and its operations. */
export function referenceMarkdown(reference: Reference): string {
  const { name, api, link } = reference;
  const { version, date } = api;
  return [
    `Version ${version} of ${date}. Download the document: [YAML](${link(`openapi/${name}.yaml`)}), [JSON](${link(`openapi/${name}.json`)}).`,
    operationsMarkdown(reference),
  ].join("\n\n");
}

/** Returns the introduction and the operations of one document in Markdown: a second-level heading per operation. */
export function operationsMarkdown(reference: Reference): string {
  const { api, link } = reference;
  const responses = new Map<string, string>();
  const { introduction, servers, operations, message } = api;
  const text = [
    introduction.trim(),
    `Base URLs: ${Object.values(servers).map(code).join(" (production), ")} (mock).`,
    ...operations.map((operation) => operationOf(reference, operation, responses)),
    ...(message ? [operationOf(reference, message, responses)] : []),
  ].join("\n\n");
  return linkDepartures(text, link);
}

/** Replaces the D5 of "departure D5" by a link to the page of departures. Code, headings and links do not change. */
export function linkDepartures(markdown: string, link: Reference["link"]): string {
  return markdown
    .replaceAll("`DEPARTURES.md`", `[Assumptions and gaps](${link("departures/")})`)
    .split(/(^```.*?^```$|^#.*?$|`[^`\n]+`|\[[^\]\n]*\]\([^)\n]*\))/ms)
    .map((part) =>
      /^[`#[]/.test(part)
        ? part
        : part.replace(/\bD[0-9]+\b/g, (id) => `[${id}](${link(`departures/#${id.toLowerCase()}`)})`),
    )
    .join("");
}

function operationOf({ api, samples }: Reference, operation: Operation, seen: Map<string, string>): string {
  const { method, path, summary, description, operationId, security, parameters, body } = operation;
  return [
    `## ${summary}`,
    operation === api.message
      ? `\`POST\` to the registered URL: ${code(operationId)}`
      : `${code(`${method.toUpperCase()} ${path}`)}: operation ${code(operationId)}`,
    description,
    security.length > 0 ? `Send ${security.map(headerOf).join(" and ")}.` : "",
    parameters.length > 0 ? membersTable(parameters.map((parameter) => [parameter.name, parameter])) : "",
    ...(body ? [`**Body.** ${body.description}`, ...contentOf(body)] : []),
    ...Object.entries(operation.responses).flatMap(([status, response]) => {
      const same = seen.get(status + JSON.stringify(response));
      if (same) return `**${status}.** The same as for ${code(same)}: ${response.description}`;
      seen.set(status + JSON.stringify(response), operationId);
      return [`**${status}.** ${response.description}`, ...contentOf(response.body)];
    }),
    ...samples(operation).map(({ lang, label, source }) => `${label}:\n\n${fence(lang, source)}`),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function contentOf(body: Body | undefined): string[] {
  if (!body) return [];
  const { mediaType, schema, examples } = body;
  return [
    `Media type ${code(mediaType)}:`,
    ...(schema.oneOf ?? [schema]).map((part) => membersTable(part)).filter(Boolean),
    ...Object.entries(examples).map(
      ([key, { summary, value }]) =>
        `Example ${code(key)}: ${summary}\n\n${fence("json", JSON.stringify(value, null, 2))}`,
    ),
  ];
}

function headerOf(scheme: SecurityScheme): string {
  const headers = {
    bearer: "Authorization: Bearer <access token>",
    basic: "Authorization: Basic <base64 of key:secret>",
    header: `${scheme.header}: <token>`,
  };
  return code(headers[scheme.sentAs]);
}

const code = (text: string) => `\`${text}\``;
const fence = (lang: string, text: string) => `\`\`\`${lang}\n${text}\n\`\`\``;
