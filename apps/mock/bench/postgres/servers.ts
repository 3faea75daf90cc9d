import { fileURLToPath } from "node:url";
import { anyTokens, basePath } from "../requests.ts";
import { type BenchServer, mock } from "../servers.ts";

/** The mock on a store: a file or a database; without one, in memory. */
export function mockOn(name: string, store?: string): BenchServer {
  const argv = (port: number) => [...mock.argv(port), ...(store === undefined ? [] : ["--store", store])];
  return { ...mock, name, argv };
}

/** A node:http server with a bare query per request. */
export function barePostgres(connection: string): BenchServer {
  const program = fileURLToPath(new URL("bare-postgres.ts", import.meta.url));
  return {
    name: "bare pg",
    argv: (port) => [program, String(port), connection],
    basePath,
    requestTokens: async () => anyTokens,
    isStrict: false,
  };
}
