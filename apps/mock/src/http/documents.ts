/** One document, as it is served. */
export interface Documents {
  /** Returns the document with this address of the mock in it; with its usual address when there is no other. */
  at(address: string | undefined): Buffer;
}

/** A mock has few names; a client that invents many makes each document anew. */
const keptAddresses = 16;

/**
 * Replaces the mock's usual address in a document by the one that it is reached at. The result is made once per address
 * and its bytes are shared by all responses, so that a client that does not read them costs little memory.
 */
export function createDocuments(text: string, usual: string): Documents {
  const asWritten = Buffer.from(text);
  const made = new Map<string, Buffer>();
  return {
    at: (address = usual) => {
      if (address === usual) return asWritten;
      let document = made.get(address);
      if (!document) {
        // A function, because a replacement text may have patterns such as `$'`.
        document = Buffer.from(text.replaceAll(usual, () => address));
        if (made.size >= keptAddresses) made.clear();
        made.set(address, document);
      }
      return document;
    },
  };
}
