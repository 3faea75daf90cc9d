import { existsSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { startPostgres } from "./postgres.ts";

test("A Postgres server accepts connections, also after a restart, and is gone afterwards", async () => {
  const postgres = await startPostgres();
  await expect(canConnect(postgres.url)).resolves.toBe(true);
  await postgres.stop("SIGQUIT");
  await expect(canConnect(postgres.url)).resolves.toBe(false);
  await postgres.start();
  await expect(canConnect(postgres.url)).resolves.toBe(true);
  await postgres.close();
  await expect(canConnect(postgres.url)).resolves.toBe(false);
  expect(existsSync(postgres.folder)).toBe(false);
});

function canConnect(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => {
      resolve(true);
      socket.destroy();
    });
    socket.once("error", () => resolve(false));
  });
}
