import { spawnSync } from "node:child_process";

/** True if there is the program `script` that makes a pseudo-terminal. That of other systems has other options. */
export const hasTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
