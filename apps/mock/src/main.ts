import "./heap.ts";
import { banner } from "./banner.ts";
import { createMock } from "./mock.ts";
import { type CommandLine, parseCommandLine } from "./options.ts";

try {
  await start(parseCommandLine(process.argv.slice(2)));
} catch (error) {
  // What a user can mend has been said in a sentence; a stack would only hide it.
  console.error((error as Error).message);
  process.exit(1);
}

async function start({ host, port, options }: CommandLine): Promise<void> {
  const mock = await createMock(options);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, async () => {
      // Requests under way are answered, but no client can keep the mock from stopping.
      setTimeout(() => process.exit(0), 2000).unref();
      await mock.close();
      process.exit(0);
    });
  }
  const origin = await mock.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(reasonNotToListen(error, host, port), { cause: error });
  });
  console.log(`\n${banner(origin, options)}`);
}

function reasonNotToListen(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use. Choose another with --port, for example --port ${port < 65_535 ? port + 1 : port - 1}.`;
    case "EACCES":
      return `Port ${port} needs more rights than this user has. Choose one above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is not an address of this machine. Choose another with --host, for example --host 127.0.0.1.`;
    default:
      return error.message;
  }
}
