// A server that does nothing but HTTP: it reads the body and sends the bytes it was started with. What Node.js can do at
// most, and so the yardstick for what the mock's own work costs.
import { createServer } from "node:http";

/** The responses of the mock by method. */
export type BareAnswers = Record<string, { headers: Record<string, string>; body: string }>;

const [port, answers] = process.argv.slice(2);
const byMethod: BareAnswers = JSON.parse(answers ?? "{}");

const server = createServer((request, response) => {
  request.resume().once("end", () => {
    const answer = byMethod[request.method ?? ""];
    response.writeHead(answer ? 200 : 405, answer?.headers).end(answer?.body);
  });
});
// Fastify's; it shows in the Keep-Alive header.
server.keepAliveTimeout = 72_000;
server.listen(Number(port), "127.0.0.1");
