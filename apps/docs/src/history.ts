import { spawnSync } from "node:child_process";

/** Returns true if the whole history is there. In a copy with its last commits only, every file seems to be new. */
export function hasHistory(): boolean {
  return git(["rev-parse", "--is-shallow-repository"]) === "false";
}

/** Returns the time of the last commit that has changed a file or folder of the repository; undefined without history. */
export function lastChangeOf(path: string): Date | undefined {
  const time = hasHistory() ? git(["log", "-1", "--format=%cI", "--", `:(top)${path}`]) : "";
  return time === "" ? undefined : new Date(time);
}

/** What Git has printed. Many pages have one source, and starting Git takes longer than most pages. */
const printed = new Map<string, string>();

/** Runs Git in this package, once per question. Returns what it prints; an empty text when it fails or is not there. */
function git(args: string[]): string {
  const question = args.join(" ");
  const known = printed.get(question);
  if (known !== undefined) return known;
  const { status, stdout } = spawnSync("git", args, { encoding: "utf8" });
  const text = status === 0 ? stdout.trim() : "";
  printed.set(question, text);
  return text;
}
