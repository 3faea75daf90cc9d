import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { spawnNode } from "@thingspace-callbacks/bench";

/** A server of this benchmark, in a process of its own. */
export interface BenchServer {
  name: string;
  origin: string;
}

/**
 * Starts one of the two servers.
 *
 * @param folder a built checkout whose listener is used instead of this one.
 */
export async function startServer(kind: "listener" | "bare", folder = ""): Promise<BenchServer> {
  const program = fileURLToPath(new URL("server.ts", import.meta.url));
  const child = spawnNode("server", [program, kind, folder], ["ignore", "pipe", "inherit"]);
  const [port] = await once(child.stdout as NodeJS.ReadableStream, "data");
  const name = kind === "bare" ? "bare node:http" : kind;
  return { name: folder ? `${name} of --against` : name, origin: `http://127.0.0.1:${String(port).trim()}` };
}
