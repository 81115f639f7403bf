const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, kib: 1024, kb: 1000, m: 1024 ** 2, mib: 1024 ** 2, mb: 1000 ** 2, g: 1024 ** 3, gib: 1024 ** 3, gb: 1000 ** 3, t: 1024 ** 4, tib: 1024 ** 4, tb: 1000 ** 4 };

/** Bytes from `500MB`, `5GiB`, `1.5 G` or a plain number; nothing where it is none of these. */
export function readSize(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]*)$/iu.exec(text.trim()) ?? [];
  const factor = units[unit.toLowerCase()];
  const bytes = count === undefined || factor === undefined ? NaN : Math.round(Number(count) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
