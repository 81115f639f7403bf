const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1 byte`, `340 bytes`, `1.2 kB`, `12 MB`. */
export function describeSize(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  const text = unit === 0 || size >= 99.95 ? size.toFixed(0) : size.toFixed(1).replace(/\.0$/u, '');
  return `${text} ${bytes === 1 ? 'byte' : units[unit] ?? 'TB'}`;
}
