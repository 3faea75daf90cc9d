import { formatPath, getGeneration, type MemberEvidence, walkSchema } from "@thingspace-callbacks/contract";
import { readDevices } from "../samples/what-arrives/read-devices.ts";

/** Members of the messages of a played upgrade, and where they come from. */
export interface MessageMembers {
  names: string[];
  origin: "documented" | MemberEvidence["evidence"];
  description: string;
}

/** Returns the members of a generation's messages: those of its document, then those that the mock adds. */
export function messageMembers(api: string): MessageMembers[] {
  const { body, memberEvidence } = getGeneration(api).message;
  const undocumented = new Set(memberEvidence.flatMap(({ members }) => members));
  const documented = [...walkSchema(body.schema)]
    .filter(({ path }) => path.length > 0 && path.at(-1) !== "[]")
    .map(({ path, schema }) => ({ names: [formatPath(path)], description: schema.description ?? "" }))
    .filter(({ names }) => !names.some((name) => undocumented.has(name)));
  return [
    ...documented.map((member) => ({ ...member, origin: "documented" as const })),
    ...memberEvidence.map(({ members, evidence, departure, reason }) => ({
      names: members,
      origin: evidence,
      description: `${reason} (Departure ${departure}.)`,
    })),
  ];
}

/** A message of a played upgrade, with a title for its heading. */
export interface PlayedMessage {
  title: string;
  body: Record<string, unknown>;
}

/** Gives the messages of a played upgrade their titles: the type, and the statuses of the devices. */
export function titleMessages(messages: Record<string, unknown>[]): PlayedMessage[] {
  return messages.map((body, index) => {
    const statuses = readDevices(body).map(({ status }) => status);
    const title = [`${index + 1}. ${body["type"]}`, ...(statuses.length > 0 ? [statuses.join(", ")] : [])];
    return { title: title.join(": "), body };
  });
}
