import { generations as documented, listMembers, type Operation } from "@thingspace-callbacks/contract";
import { anchorOf } from "./reference/anchor.ts";

/** A generation of the callback API, with the facts that the landing page and the guides compare. */
export interface Generation {
  name: string;
  title: string;
  summary: string;
  status: string;
  /** Path of the production server. */
  basePath: string;
  operations: (Operation & { link: string })[];
  /** Message that ThingSpace sends to the registered URL. */
  message: {
    link: string;
    members: string[];
    /** Members of which no source says that they exist. */
    assumed: string[];
  };
}

export const generations: Generation[] = documented.map((api) => {
  const { name, title, summary, status = "", servers, operations, message } = api;
  const link = (operation: Operation) => `/${name}/${anchorOf(operation)}`;
  return {
    name,
    title,
    summary,
    status,
    basePath: new URL(servers.production ?? servers.mock).pathname,
    operations: operations.map((operation) => ({ ...operation, link: link(operation) })),
    message: {
      link: link(message),
      members: listMembers(message.body.schema).map((member) => member.name),
      assumed: message.memberEvidence
        .filter(({ evidence }) => evidence === "ours")
        .flatMap(({ members }) => members),
    },
  };
});
