import { Transform } from "node:stream";

/**
 * Returns a stream that replaces an address in the bytes that pass through it, also where it is split between two chunks.
 * It holds back less than one address, so that a client that reads slowly costs no memory.
 */
export function createAddressReplacer(usual: string, address: string): Transform {
  const [from, to] = [Buffer.from(usual), Buffer.from(address)];
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      let begin = 0;
      for (let found = bytes.indexOf(from); found !== -1; found = bytes.indexOf(from, begin)) {
        this.push(bytes.subarray(begin, found));
        this.push(to);
        begin = found + from.length;
      }
      const end = Math.max(begin, bytes.length - (from.length - 1));
      this.push(bytes.subarray(begin, end));
      held = bytes.subarray(end);
      done();
    },
    flush(done) {
      this.push(held);
      done();
    },
  });
}
