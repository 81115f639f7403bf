import type { LeftOut } from './cap-lines.js';

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** What stands in place of the lines that are not shown; `command` is how a person gets to see them all. */
export function describeLeftOut({ lines, bytes }: LeftOut, command: string): string {
  return `… ${groupDigits(lines)} ${lines === 1 ? 'line' : 'lines'} (${describeSize(bytes)}) left out: ${command}`;
}

function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',');
}

function describeSize(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  const text = unit === 0 || size >= 99.95 ? size.toFixed(0) : size.toFixed(1).replace(/\.0$/u, '');
  return `${text} ${bytes === 1 ? 'byte' : units[unit] ?? 'TB'}`;
}
