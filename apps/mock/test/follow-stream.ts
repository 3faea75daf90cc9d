import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";

/** An event of the stream. */
export interface StreamEvent {
  id?: string;
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of the data
  data: any;
}

/** Opens the stream of a mock, on a connection of its own, and reads its events one by one. */
export async function followStream(origin: string, headers: Record<string, string> = {}) {
  const request = get(`${origin}/mock/stream`, { headers, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.on("error", () => {});
  const events = readEvents(response.setEncoding("utf8"));
  const take = async (count: number) => {
    const taken: StreamEvent[] = [];
    while (taken.length < count) {
      const { value, done } = await events.next();
      if (done) break;
      taken.push(value);
    }
    return taken;
  };
  return { response, take, close: () => request.destroy() };
}

async function* readEvents(text: AsyncIterable<string>): AsyncGenerator<StreamEvent, undefined> {
  let rest = "";
  for await (const chunk of text) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/).slice(0, 2)));
      if (fields.data) yield { ...fields, data: JSON.parse(fields.data) };
    }
  }
  return undefined;
}
