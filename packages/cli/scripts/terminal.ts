import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMock } from "@thingspace-callbacks/mock";
import { exampleAccount as account } from "../src/defaults.ts";

/** A command and what it printed on a terminal. */
export interface Session {
  name: string;
  text: string;
}

const sessions = [
  { name: "register", args: ["callbacks", "register", account, "--api", "v1", "--url", "LISTENER"] },
  { name: "trigger", args: ["trigger", "upgrade", "--devices", "1"] },
  { name: "check-listener", args: ["check-listener", "LISTENER", "--api", "v1"], exitCode: 1 },
  { name: "run", args: ["run", "flaky-listener"] },
  { name: "doctor", args: ["doctor", "--account", account] },
  { name: "deregister", args: ["callbacks", "deregister", account, "--api", "v1"] },
];

const columns = 80;
const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/**
 * Runs the sessions of the docs one after the other, each in a pseudo-terminal of 80 columns, with a mock and a listener.
 * Colours are removed. Values that differ between two runs, such as a time, are replaced by fixed ones.
 */
export async function playSessions(): Promise<Session[]> {
  const mock = await createMock({ logLevel: "silent" });
  const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const listener = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fota`;
  const home = mkdtempSync(join(tmpdir(), "thingspace-callbacks-sessions-"));
  try {
    const played: Session[] = [];
    for (const { name, args, exitCode = 0 } of sessions) {
      const real = args.map((arg) => (arg === "LISTENER" ? listener : arg));
      const printed = await runInTerminal(real, {
        THINGSPACE_ORIGIN: origin,
        THINGSPACE_CALLBACKS_HOME: home,
      });
      if (printed.exitCode !== exitCode)
        throw new Error(`${name}: exit code ${printed.exitCode}\n${printed.text}`);
      const command = `$ thingspace-callbacks ${real.join(" ")}`;
      const text = replaceChanging(`${command}\n${printed.text}`, { [origin]: 4010, [listener]: 8080 });
      played.push({ name, text: `${wrap(text).trimEnd()}\n` });
    }
    return played;
  } finally {
    server.close();
    await mock.close();
  }
}

/** A listener of somebody who forgot that there will be other types of messages. */
const answer: RequestListener = async (request, response) => {
  if (request.method !== "POST") return void response.writeHead(405).end();
  try {
    const { type = "" } = JSON.parse(await readText(request)) as { type?: string };
    response.writeHead(type === "typeOfTomorrow" ? 500 : 204).end();
  } catch {
    response.writeHead(400).end();
  }
};

/** Runs the command in a pseudo-terminal, which the program `script` of Linux makes. */
async function runInTerminal(
  args: string[],
  env: Record<string, string>,
): Promise<{ exitCode: number; text: string }> {
  const command = [process.execPath, bin, ...args].map((one) => `'${one}'`).join(" ");
  const options = { env: { ...process.env, ...env, NO_COLOR: "", TERM: "xterm-256color" } };
  const script = ["-qec", `stty cols ${columns}; exec ${command}`, "/dev/null"];
  const ended = promisify(execFile)("script", script, options);
  ended.child.stdin?.end();
  try {
    return { exitCode: 0, text: toText((await ended).stdout) };
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: string };
    if (typeof code !== "number") throw error;
    return { exitCode: code, text: toText(stdout ?? "") };
  }
}

/** Removes colours and the lines that show progress, which the terminal replaced. */
function toText(output: string): string {
  const withoutColors = output.replaceAll("\r\n", "\n").replaceAll(`${escapeCode}[K`, "");
  return withoutColors
    .split("\n")
    .map((line) => line.slice(line.lastIndexOf("\r") + 1).replace(color, ""))
    .join("\n");
}

const escapeCode = "\u001b";
const color = new RegExp(`${escapeCode}\\[\\d{1,3}m`, "g");

/** Replaces what differs between two runs. */
function replaceChanging(text: string, ports: Record<string, number>): string {
  const replaced = Object.entries(ports).reduce((all, [url, port]) => {
    const { host } = new URL(url);
    return all.replaceAll(host, `127.0.0.1:${port}`);
  }, text);
  return replaced
    .replace(/\b\d+ ms\b/g, "2 ms")
    .replace(/ {2}\(\d+\.\d s\)$/gm, "")
    .replace(/\bby \d+ s\b/g, "by 0 s")
    .replace(/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/g, "e3a8d88a-04c6-4ef3-b039-89b62f91e962");
}

/** Breaks lines where the terminal does. */
const wrap = (text: string) =>
  text
    .split("\n")
    .flatMap((line) => line.match(new RegExp(`.{1,${columns}}`, "g")) ?? [""])
    .map((line) => line.trimEnd())
    .join("\n");
