import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';

/** What happens to files by chance; each answers what it did, or nothing where that could not change the file. */
export const damages = {
  flip: (path, random) => {
    const bytes = readFileSync(path);
    if (bytes.length === 0) return undefined;
    const count = 1 + random.below(random.chance(0.7) ? 1 : 8);
    const bits = new Set(Array.from({ length: count }, () => random.below(bytes.length * 8)));
    for (const bit of bits) bytes[bit >> 3] ^= 1 << (bit & 7);
    writeFileSync(path, bytes);
    return `${bits.size} bits`;
  },
  truncate: (path, random) => {
    const { length } = readFileSync(path);
    if (length === 0 || random.chance(0.15)) {
      appendFileSync(path, Buffer.alloc(1 + random.below(4096), random.below(256)));
      return 'longer';
    }
    truncateSync(path, random.chance(0.3) ? 0 : random.below(length));
    return 'shorter';
  },
  delete: (path) => {
    rmSync(path);
    return 'deleted';
  },
};

/** Two files change places. */
export function swap(one, other) {
  if (one === other || !existsSync(one) || !existsSync(other) || readFileSync(one).equals(readFileSync(other))) return undefined;
  renameSync(one, `${one}.swapping`);
  renameSync(other, one);
  renameSync(`${one}.swapping`, other);
  return 'swapped';
}
