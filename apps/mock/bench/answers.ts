import { request } from "undici";
import type { BareAnswers } from "./bare.ts";
import { headersOf, methods, requests } from "./requests.ts";
import type { Started } from "./start.ts";

// Every server of Node.js adds these by itself.
const ownHeaders = new Set(["date", "connection", "keep-alive"]);

/** Returns the responses of a mock to each request, which the bare server sends: first POST, so that there is something to list. */
export async function answersOf({ origin, basePath, tokens }: Started): Promise<BareAnswers> {
  const answers: BareAnswers = {};
  for (const method of methods.toReversed()) {
    const { path, ...rest } = requests[method];
    const answer = await request(origin + basePath + path, { ...rest, headers: headersOf(method, tokens) });
    const headers = Object.entries(answer.headers).filter(([name]) => !ownHeaders.has(name));
    answers[method] = {
      headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
      body: await answer.body.text(),
    };
  }
  return answers;
}
