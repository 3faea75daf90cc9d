import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { spawnNode, stop } from "@thingspace-callbacks/bench";

/** A server of this benchmark, in a process of its own. */
export interface BenchServer {
  name: string;
  origin: string;
  stop(): Promise<void>;
}

/** `bare`: node:http that parses the JSON. `bare insert`: that also inserts it into a database. */
export type ServerKind =
  | "listener"
  | "bare"
  | "bare insert, SQLite"
  | "bare insert, Postgres"
  | "inbox, SQLite"
  | "inbox, SQLite, receives only"
  | "inbox, SQLite, durability process"
  | "inbox, SQLite, durability process, receives only"
  | "inbox, Postgres"
  | "inbox, Postgres, receives only";

/**
 * Starts a server.
 *
 * @param place a built checkout whose listener is used instead of this one, or the address of Postgres.
 */
export async function startServer(kind: ServerKind, place = ""): Promise<BenchServer> {
  const program = fileURLToPath(new URL("server.ts", import.meta.url));
  const argv = ["--disable-warning=ExperimentalWarning", program, kind, place];
  const child = spawnNode("server", argv, ["ignore", "pipe", "inherit"]);
  const [port] = await once(child.stdout as NodeJS.ReadableStream, "data");
  const name = kind === "listener" && place !== "" ? "listener of --against" : kind;
  return { name, origin: `http://127.0.0.1:${String(port).trim()}`, stop: () => stop(child) };
}
