import { escapeHidden } from '../report/visible-text.js';

/** Whether colours, the one kind of escape sequence that does no harm, are wanted where the text is shown. */
export type Colours = 'kept' | 'removed';

/** A colour; longer ones than this nobody needs. */
const colour = /^\u001b\[[\d;:]{0,64}m$/u;
/**
 * What steers a terminal: a sequence with parameters (CSI), a text for the terminal itself (OSC, DCS and their kin, up
 * to their end), a choice of character set, and what has one letter only.
 */
const sequence = /\u001b\[[\x20-\x3f]*[\x40-\x7e]|\u001b[\]PX^_][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[\x20-\x2f]+[\x30-\x7e]|\u001b[\x30-\x5a\x5c\x60-\x7e]/gu;
const steers = /[^\t\x20-\x7e]/u;
const reset = '\u001b[0m';

/** A line of a program's output as people may see it: nothing in it moves, hides or turns what stands around it. */
export function cleanLine(line: string, colours: Colours): string {
  if (!steers.test(line)) return line;
  let clean = '';
  let from = 0;
  let isColoured = false;
  for (const match of line.matchAll(sequence)) {
    clean += showHidden(line.slice(from, match.index));
    from = match.index + match[0].length;
    if (colours === 'removed' || !colour.test(match[0])) continue;
    clean += match[0];
    isColoured = !/\[0*m$/u.test(match[0]);
  }
  clean += showHidden(line.slice(from));
  // What follows is somebody else's line.
  return isColoured ? `${clean}${reset}` : clean;
}

/** How many bytes `cleanLine` may add to a line that is coloured to its end. */
export const RESET_LENGTH = reset.length;

function showHidden(text: string): string {
  return text.split('\t').map(escapeHidden).join('\t');
}
