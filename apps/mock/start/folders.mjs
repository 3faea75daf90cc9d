import { accessSync, constants } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the whole workspace. */
export const workspace = fileURLToPath(new URL("../../..", import.meta.url));

/** The folder of the mock. */
export const mockFolder = fileURLToPath(new URL("..", import.meta.url));

/**
 * Returns a folder that this user must be able to write to and cannot, for example in somebody else's clone.
 *
 * @returns {string | undefined}
 */
export function findUnwritableFolder() {
  return [workspace, mockFolder].find((folder) => {
    try {
      accessSync(folder, constants.W_OK);
      return false;
    } catch {
      return true;
    }
  });
}
