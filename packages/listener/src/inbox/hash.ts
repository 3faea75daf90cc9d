import { sha256 } from "../message-key.ts";

interface NodeCrypto {
  hash?: (algorithm: string, text: string, encoding: string) => string;
}

const { process } = globalThis as {
  process?: { getBuiltinModule?: (name: string) => NodeCrypto | undefined };
};
const nodeHash = process?.getBuiltinModule?.("node:crypto")?.hash;

/**
 * Returns the SHA-256 of a text, in hexadecimal. Where Node.js can hash at once, it does: the web's function goes through a
 * pool of threads, which takes longer than everything else that storing a message needs.
 */
export const hashText: (text: string) => string | Promise<string> = nodeHash
  ? (text) => nodeHash("sha256", text, "hex")
  : sha256;
