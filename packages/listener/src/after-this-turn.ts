const { setImmediate } = globalThis as { setImmediate?: (act: () => void) => unknown };

/** Calls a function when the sockets that have something to read have been read. */
export const callAfterThisTurn: (act: () => void) => unknown = setImmediate ?? ((act) => setTimeout(act, 0));

/** Resolves when the sockets that have something to read have been read. */
export const afterThisTurn = () => new Promise<void>((resolve) => callAfterThisTurn(resolve));
