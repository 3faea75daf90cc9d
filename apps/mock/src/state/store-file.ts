import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { applicationId } from "./schema.ts";
import { createMissingFolderError, createStoreError } from "./store-error.ts";

/**
 * Demands that a file is a store of this mock, or that there is none yet, before SQLite touches it.
 *
 * @throws {StoreError} when it is something else, or cannot be read and written
 */
export function demandStoreFile(file: string): void {
  const stats = readStats(file);
  const cannot = stats ? "cannot be written" : "cannot be made";
  const folder = dirname(file);
  if (!stats && !existsSync(folder)) throw createMissingFolderError(file, folder);
  // Opening a pipe waits until somebody writes to it.
  if (stats && !stats.isFile()) throw createStoreError(file, "is not a regular file");
  // SQLite keeps its log beside the file.
  demandAccess(file, folder, constants.W_OK, cannot);
  if (!stats) return;
  demandAccess(file, file, constants.R_OK, "cannot be read");
  demandAccess(file, file, constants.W_OK, cannot);
  // An empty file is what is left of a store whose creation was interrupted.
  if (stats.size > 0 && !hasOurHeader(file)) throw createStoreError(file, "is not a store of this mock");
}

function readStats(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw createStoreError(file, `cannot be read: ${(error as Error).message}`);
  }
}

function demandAccess(file: string, path: string, mode: number, cannot: string): void {
  try {
    accessSync(path, mode);
  } catch (error) {
    throw createStoreError(file, `${cannot}: ${(error as Error).message}`);
  }
}

/** Returns true if SQLite's header, the first 100 bytes, has our mark. */
function hasOurHeader(file: string): boolean {
  const descriptor = openSync(file, "r");
  try {
    const header = Buffer.alloc(100);
    readSync(descriptor, header, 0, 100, 0);
    return (
      header.toString("latin1", 0, 15) === "SQLite format 3" && header.readUInt32BE(68) === applicationId
    );
  } finally {
    closeSync(descriptor);
  }
}
