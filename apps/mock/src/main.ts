#!/usr/bin/env node
import { banner } from "./banner.ts";
import { createMock } from "./mock.ts";
import { parseOptions } from "./options.ts";

const { host, port } = parseOptions(process.argv.slice(2));
const mock = await createMock();

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    // Requests under way are answered, but no client can keep the mock from stopping.
    setTimeout(() => process.exit(0), 2000).unref();
    await mock.close();
    process.exit(0);
  });
}

try {
  console.log(`\n${banner(await mock.listen({ host, port }))}`);
} catch (error) {
  console.error(reasonNotToListen(error as NodeJS.ErrnoException));
  process.exit(1);
}

function reasonNotToListen(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use. Choose another with --port, for example --port ${port + 1}.`;
    case "EACCES":
      return `Port ${port} needs more rights than this user has. Choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is not an address of this machine. Choose another with --host, for example --host 127.0.0.1.`;
    default:
      return `Cannot listen on ${host}:${port}: ${error.message}`;
  }
}
