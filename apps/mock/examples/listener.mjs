// A listener for trying things out: prints each message that comes, and acknowledges it.
// node apps/mock/examples/listener.mjs 8080, in a container with 0.0.0.0 after the port.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const server = createServer(async (request, response) => {
  console.log(await text(request));
  response.writeHead(204).end();
});
const [port = 8080, host = "127.0.0.1"] = process.argv.slice(2);
server.listen(Number(port), host, () => {
  const { port } = server.address();
  console.log(`listening on http://${host}:${port}/`);
});
