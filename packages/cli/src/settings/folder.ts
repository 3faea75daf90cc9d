import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Record<string, string | undefined>;

/** Returns the folder of the user's configuration. `THINGSPACE_CALLBACKS_HOME` replaces it. */
export function getConfigFolder(env: Environment): string {
  const chosen = env["THINGSPACE_CALLBACKS_HOME"];
  if (chosen) return chosen;
  const base =
    process.platform === "win32"
      ? (env["APPDATA"] ?? join(homedir(), "AppData", "Roaming"))
      : env["XDG_CONFIG_HOME"] || join(env["HOME"] ?? homedir(), ".config");
  return join(base, "thingspace-callbacks");
}
