import { formatBanner } from "./command-line/banner.ts";
import { type CommandLine, parseCommandLine } from "./command-line/command-line.ts";
import { onParentExit } from "./command-line/parent.ts";
import { OptionError } from "./options.ts";

try {
  const commandLine = parseCommandLine(process.argv.slice(2));
  await start(commandLine).catch((error) => {
    throw new Error(commandLine.describeError(error), { cause: error });
  });
} catch (error) {
  // The message tells the user what to change; a stack would only hide it.
  console.error((error as Error).message);
  process.exit(1);
}

async function start({ host, port, json, exitWithParent, options }: CommandLine): Promise<void> {
  // Imported here because help, the version and a refused option need no server.
  const { createMock } = await import("./mock.ts");
  const mock = await createMock(options);
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    // Requests under way get their response, but no client can keep the mock from stopping.
    setTimeout(() => process.exit(0), 800).unref();
    await mock.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);
  if (exitWithParent) onParentExit(stop);

  const origin = await mock.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof OptionError) throw error;
    throw new Error(describeListenError(error, host, port), { cause: error });
  });
  if (json) {
    const { hostname, port } = new URL(origin);
    console.log(JSON.stringify({ origin, host: hostname, port: Number(port), pid: process.pid }));
  } else {
    console.log(`\n${formatBanner(origin, options)}`);
  }
}

function describeListenError(error: NodeJS.ErrnoException, host: string, port: number): string {
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
