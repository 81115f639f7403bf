import { giveUp, lookingAt, match, noteCode, peek } from './reading.js';
import type { Reading, Word } from './reading.js';
import { readEndWord } from './read-here-document.js';
import { readWord, skipBlanks } from './read-word.js';

/** What a command is given as its input from the script itself. */
export interface Inputs {
  readonly strings: Word[];
  /** Offsets of the `<<` operators. */
  readonly documents: number[];
}

/** Reads a redirection at the cursor, if there is one. */
export function readRedirect(reading: Reading, inputs: Inputs): boolean {
  const start = reading.at;
  const operator = match(reading, reading.shell === 'bash' ? /&>>|&>|<<<|<<-|<<|<>|<&|<|>>|>\||>&|>/y : /<<-|<<|<>|<&|<|>>|>\||>&|>/y);
  if (operator === '' || (peek(reading, operator.length) === '(' && operator.length === 1)) return false;
  reading.at += operator.length;
  if (lookingAt(reading, '\\\n')) return fail(reading, 'a line break follows a redirection');
  reading.at += match(reading, /[ \t]*/y).length;
  if (operator === '<<' || operator === '<<-') {
    if (reading.shell === 'sh' && peek(reading) === '<') return fail(reading, 'sh has no `<<<`');
    inputs.documents.push(start);
    readEndWord(reading, start, operator === '<<-');
    return true;
  }
  skipBlanks(reading);
  const target = readWord(reading);
  if (target.pieces.length === 0) return fail(reading, 'a redirection has no target');
  if (operator === '<<<') inputs.strings.push(target);
  // Where the target is no number, bash expands it, and then what it has got by that once more: `>& "$V"` runs a `V` of `$(id)`.
  if (operator === '>&' || operator === '<&') noteCode(reading, { start: target.start, end: target.end, kind: 'program', by: `the target of \`${operator}\`; write \`> … 2>&1\`` });
  return true;
}

/** All redirections that stand behind a compound command. */
export function readRedirects(reading: Reading): Inputs {
  const inputs: Inputs = { strings: [], documents: [] };
  for (;;) {
    skipBlanks(reading);
    const start = reading.at;
    reading.at += match(reading, /(?:[0-9]+|\{[A-Za-z_][A-Za-z0-9_]*\})(?=[<>])/y).length;
    if (!readRedirect(reading, inputs)) {
      reading.at = reading.trouble === undefined ? start : reading.at;
      return inputs;
    }
  }
}

function fail(reading: Reading, why: string): false {
  giveUp(reading, why);
  return false;
}
