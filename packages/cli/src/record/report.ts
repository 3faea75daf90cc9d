import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { News, RecordedMessage } from "@thingspace-callbacks/listener/record";
import { CliError } from "../cli-error.ts";

/** Something that the documents do not have, and how often it was recorded. */
export interface Finding extends News {
  api: string;
  messages: number;
  firstAt: string;
  lastAt: string;
}

/** A summary of recorded messages. It contains no member of a message but names and types. */
export interface RecordReport {
  messages: number;
  /** Messages by generation. */
  apis: Record<string, number>;
  findings: Finding[];
}

const maxFindings = 1000;

/** Reads a file of recorded messages line by line. @throws {CliError} with the line that is not a recorded message */
export async function readReport(file: string): Promise<RecordReport> {
  const report: RecordReport = { messages: 0, apis: {}, findings: [] };
  const findings = new Map<string, Finding>();
  let line = 0;
  for await (const text of readLines(file)) {
    line += 1;
    if (text.trim() === "") continue;
    const recorded = parseLine(text);
    if (!recorded) {
      throw new CliError(
        "INVALID_FILE",
        `${file}:${line} is not a recorded message.`,
        "Name a file that record has written.",
      );
    }
    report.messages += 1;
    report.apis[recorded.api] = (report.apis[recorded.api] ?? 0) + 1;
    for (const news of recorded.news) addFinding(findings, recorded, news);
  }
  return { ...report, findings: [...findings.values()] };
}

function addFinding(findings: Map<string, Finding>, { api, at }: RecordedMessage, news: News): void {
  const key = JSON.stringify([api, news.kind, news.path, news.found]);
  const known = findings.get(key);
  if (known) {
    known.messages += 1;
    known.lastAt = at;
  } else if (findings.size < maxFindings) {
    findings.set(key, { api, ...news, messages: 1, firstAt: at, lastAt: at });
  }
}

function parseLine(text: string): RecordedMessage | undefined {
  try {
    const value = JSON.parse(text) as Partial<RecordedMessage> | null;
    const isRecorded =
      typeof value?.api === "string" && typeof value.at === "string" && Array.isArray(value.news);
    return isRecorded ? (value as RecordedMessage) : undefined;
  } catch {
    return undefined;
  }
}

async function* readLines(file: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CliError("FILE_UNREADABLE", `${file} cannot be read (${code}).`, "Check the path.");
  }
}
