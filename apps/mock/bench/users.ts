import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Credentials } from "./session.ts";

/** A user with an account that no other user may touch. */
export interface User extends Credentials {
  account: string;
}

/** Users, and the configuration file of strict authentication that knows them. */
export interface Users {
  all: User[];
  config: string;
  remove(): Promise<void>;
}

/** Makes users, with a configuration file in a temporary folder. */
export async function createUsers(count: number): Promise<Users> {
  const application = { key: "soak-key", secret: "soak-secret" };
  const all = Array.from({ length: count }, (_, index) => ({
    ...application,
    username: `user-${index}`,
    password: `password-${index}`,
    account: `${String(index).padStart(10, "0")}-00001`,
  }));
  const folder = await mkdtemp(join(tmpdir(), "mock-soak-"));
  const config = join(folder, "config.json");
  const users = all.map(({ username, password, account }) => ({ username, password, accounts: [account] }));
  await writeFile(config, JSON.stringify({ applications: [application], users }));
  return { all, config, remove: () => rm(folder, { recursive: true }) };
}
