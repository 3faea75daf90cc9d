/** A store file that cannot be used; it has been left as it was. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** Primary result codes of SQLite: https://www.sqlite.org/rescode.html */
const sqlite = {
  perm: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** Returns the error that says that a file cannot be used as a store. */
export function createStoreError(file: string, reason: string): StoreError {
  return new StoreError(`${file} ${reason}. It was left as it is; choose another file with --store.`);
}

/** Returns the error that says that the folder of a store is missing, and how to make it. */
export function createMissingFolderError(file: string, folder: string): StoreError {
  const option = process.platform === "win32" ? "" : "-p ";
  return new StoreError(
    `${file} cannot be made: the folder ${folder} does not exist. Make it with: mkdir ${option}${quote(folder)}`,
  );
}

const quote = (path: string) => (/^[\w./\\:-]+$/.test(path) ? path : `"${path}"`);

/** Returns what opening a store failed with as a {@link StoreError} that says the cause. */
export function toStoreError(file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { message } = error as Error;
  switch (getPrimaryCode(error)) {
    case sqlite.busy:
    case sqlite.locked:
      return createStoreError(file, "is in use by another mock");
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return createStoreError(file, `is damaged: ${message}`);
    case sqlite.full:
      return createStoreError(file, "cannot be written: the disk is full");
    default:
      return createStoreError(file, `cannot be read or written: ${message}`);
  }
}

/** The reason why an open store failed, and the HTTP status for it. */
export interface StoreFailure {
  status: 500 | 503 | 507;
  message: string;
}

/** Returns why the store failed, or nothing when the error is not about the machine or the file. */
export function toStoreFailure(error: unknown): StoreFailure | undefined {
  const code = getPrimaryCode(error);
  const { message } = error as Error;
  switch (code) {
    case sqlite.full:
      return { status: 507, message: "The store cannot be written: its disk is full. Nothing was changed." };
    case sqlite.perm:
    case sqlite.readOnly:
    case sqlite.ioError:
    case sqlite.cannotOpen:
      return {
        status: 503,
        message: `The store cannot be read or written: ${message}. Nothing was changed.`,
      };
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return { status: 500, message: `The store is damaged: ${message}.` };
    default:
      return undefined;
  }
}

/** Returns true if the error is that the store was closed, because the mock is stopping or the space was deleted. */
export function isStoreClosed(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    code === "ERR_INVALID_STATE" && /^(statement has been finalized|database is not open)$/.test(message)
  );
}

function getPrimaryCode(error: unknown): number | undefined {
  const { code, errcode } = error as { code?: string; errcode?: number };
  // An extended result code has the primary one in its lowest byte.
  return code === "ERR_SQLITE_ERROR" && errcode !== undefined ? errcode & 0xff : undefined;
}
