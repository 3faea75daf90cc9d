import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import type { Operation } from "@thingspace-callbacks/contract/catalogue";
import { anchorOf } from "./reference/anchor.ts";

/** A generation of the callback API, as the landing page and the guides compare them. */
export interface Generation {
  name: string;
  title: string;
  summary: string;
  status: string;
  /** Path of the production server. */
  basePath: string;
  operations: (Operation & { link: string })[];
  /** The message that comes to the registered URL. */
  message: { link: string; members: string[] };
}

export const generations: Generation[] = Object.entries(catalogue).flatMap(([name, api]) => {
  const [webhook] = api.webhooks;
  if (!webhook || !api.servers.production) return [];
  const link = (operation: Operation) => `/${name}/${anchorOf(operation)}`;
  const schema = Object.values(webhook.requestBody?.content ?? {})[0]?.schema;
  return {
    name,
    title: api.title,
    summary: api.summary,
    status: api.status ?? "",
    basePath: new URL(api.servers.production).pathname,
    operations: api.operations.map((operation) => ({ ...operation, link: link(operation) })),
    message: { link: link(webhook), members: Object.keys(schema?.properties ?? {}) },
  };
});
