import { createMock, type Mock } from "../mock.ts";
import { OptionError } from "../options.ts";
import type { CommandLine } from "./command-line.ts";

/**
 * Creates the mock of a command line. It does not listen yet.
 *
 * @throws {Error} that names the option at fault as the user has written it
 */
export async function openMock({ options, describeError }: CommandLine): Promise<Mock> {
  try {
    return await createMock(options);
  } catch (error) {
    throw new Error(describeError(error), { cause: error });
  }
}

/**
 * Lets a mock listen at the address of its command line, and resolves with its origin.
 *
 * @throws {Error} that tells the user what to change
 */
export async function listen(mock: Mock, { host, port, describeError }: CommandLine): Promise<string> {
  try {
    return await mock.listen({ host, port });
  } catch (error) {
    const reason =
      error instanceof OptionError ? describeError(error) : describeListenError(error as Error, host, port);
    throw new Error(reason, { cause: error });
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
