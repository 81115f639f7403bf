import type { LeftOut } from './cap-lines.js';
import { describeSize } from './describe-size.js';

/** What stands in place of the lines that are not shown; `command` is how a person gets to see them all. */
export function describeLeftOut({ lines, bytes }: LeftOut, command: string): string {
  return `… ${groupDigits(lines)} ${lines === 1 ? 'line' : 'lines'} (${describeSize(bytes)}) left out: ${command}`;
}

function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',');
}
