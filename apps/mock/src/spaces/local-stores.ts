import { openDatabase } from "../state/database.ts";
import { defaultName, type SpaceStores } from "./space.ts";

/**
 * Creates the states of the spaces of a mock on one machine: the default space is in the file, if there is one, and the
 * others are in memory.
 *
 * @throws {StoreError} when the file cannot be used
 */
export function createLocalStores(file: string | undefined): SpaceStores {
  const main = { database: openDatabase(file), isFile: file !== undefined };
  return {
    kept: [],
    open: (space) => (space === defaultName ? main : { database: openDatabase(), isFile: false }),
    forget: () => {},
  };
}
