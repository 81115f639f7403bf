/** The last bytes of a stream. */
export interface Tail {
  readonly push: (bytes: Uint8Array) => void;
  /** How many bytes went by in all. */
  readonly length: number;
  readonly bytes: () => Uint8Array;
  /** As text: without a first character of which only a part is left, and without the end of line. */
  readonly text: () => string;
}

/** Keeps the last `limit` bytes, and never more than twice as many. */
export function keepTail(limit = 64 * 1024): Tail {
  let kept = Buffer.alloc(0);
  let used = 0;
  let length = 0;

  const append = (bytes: Uint8Array): void => {
    if (used + bytes.length > kept.length) makeRoom(bytes.length);
    kept.set(bytes, used);
    used += bytes.length;
  };
  /** Half of a full buffer is moved at most, so that each byte is moved once in the end. */
  const makeRoom = (more: number): void => {
    const tail = kept.subarray(Math.max(0, used - Math.max(0, limit - more)), used);
    if (kept.length < 2 * limit) {
      const grown = Buffer.alloc(Math.min(2 * limit, 2 * (tail.length + more)));
      grown.set(tail);
      kept = grown;
    } else kept.copyWithin(0, used - tail.length, used);
    used = tail.length;
  };
  const current = (): Buffer => kept.subarray(Math.max(0, used - limit), used);

  return {
    push: (bytes) => {
      length += bytes.length;
      append(bytes.length > limit ? bytes.subarray(bytes.length - limit) : bytes);
    },
    get length() {
      return length;
    },
    bytes: () => Buffer.from(current()),
    text: () => {
      const bytes = current();
      return bytes.subarray(length > bytes.length ? firstWholeCharacter(bytes) : 0).toString('utf8').replace(/\r?\n$/u, '');
    },
  };
}

/** Past the last bytes of a character: three at most. */
function firstWholeCharacter(bytes: Uint8Array): number {
  let at = 0;
  while (at < 3 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at++;
  return at;
}
