// A listener for trying things out: prints each message that comes, and acknowledges it.
// node apps/mock/examples/listener.mjs 8080
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const server = createServer(async (request, response) => {
  console.log(await text(request));
  response.writeHead(204).end();
});
server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  const { port } = server.address();
  console.log(`listening on http://127.0.0.1:${port}/`);
});
