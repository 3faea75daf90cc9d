import { formatBanner } from "./command-line/banner.ts";
import { type CommandLine, parseCommandLine } from "./command-line/command-line.ts";
import { onParentExit } from "./command-line/parent.ts";

try {
  await start(parseCommandLine(process.argv.slice(2)));
} catch (error) {
  // The message tells the user what to change; a stack would only hide it.
  console.error((error as Error).message);
  process.exit(1);
}

async function start(commandLine: CommandLine): Promise<void> {
  // Imported here because help, the version and a refused option need no server.
  const { listen, openMock } = await import("./command-line/start.ts");
  const mock = await openMock(commandLine);
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
  if (commandLine.exitWithParent) onParentExit(stop);

  const origin = await listen(mock, commandLine);
  if (commandLine.json) {
    const { hostname, port } = new URL(origin);
    console.log(JSON.stringify({ origin, host: hostname, port: Number(port), pid: process.pid }));
  } else {
    console.log(`\n${formatBanner(origin, commandLine.options)}`);
  }
}
