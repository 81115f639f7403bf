import { findRunners } from './find-program.js';
import { followValues } from './follow-values.js';
import type { Trail } from './follow-values.js';
import { judgeCommands } from './judge-command.js';
import { readCommands } from './read-commands.js';
import { giveUp, HOLE, startReading } from './reading.js';
import type { Reading } from './reading.js';
import type { ScriptPart, Shell, ValuePart } from './script-part.js';

/** More functions than anyone writes would make following positions slow. */
const MOST_FUNCTIONS = 300;

/** A value of the command: its part, and where it stands in the joined text. */
export interface Hole {
  readonly offset: number;
  readonly index: number;
  readonly part: ValuePart;
}

/** A command, read: what a hand-over, a check and a print need to know about it. */
export interface ScriptReading {
  readonly reading: Reading;
  readonly holes: readonly Hole[];
  readonly trail: Trail;
}

export function readScript(parts: readonly ScriptPart[], shell: Shell): ScriptReading {
  const { text, holes } = joinParts(parts);
  const reading = startReading(text, shell, readCommands);
  readCommands(reading);
  if (reading.trouble === undefined && reading.at < text.length) giveUp(reading, 'a `)` closes nothing');
  if (reading.pending.length > 0) giveUp(reading, "a here-document's text is missing", reading.pending[0]?.operator);
  const definitions = [...reading.functions.values()].reduce((sum, bodies) => sum + bodies.length, 0);
  if (definitions > MOST_FUNCTIONS) giveUp(reading, `it defines more than ${MOST_FUNCTIONS} functions`, 0);
  if (parts.some((part) => part.kind === 'text' && part.text.includes(HOLE))) giveUp(reading, 'the command holds a NUL character', 0);
  const types = new Map(holes.map((hole) => [hole.offset, hole.part.type]));
  const trail = reading.trouble === undefined ? followValues(reading, (offset) => types.get(offset) === 'other') : NO_TRAIL;
  if (reading.trouble === undefined) judgeCommands({ reading, trail, runners: findRunners(reading), isBoolean: (offset) => types.get(offset) === 'boolean' });
  return { reading, holes, trail };
}

const NO_TRAIL: Trail = { valueIn: () => undefined, valueOf: () => undefined, flowsInto: () => [] };

/** Text and values in one string, with a NUL for each value; a NUL in the text itself is replaced to keep them apart. */
function joinParts(parts: readonly ScriptPart[]): { readonly text: string; readonly holes: readonly Hole[] } {
  const holes: Hole[] = [];
  let text = '';
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'value') holes.push({ offset: text.length, index, part });
    text += part.kind === 'value' ? HOLE : part.text.replaceAll(HOLE, '\u{FFFD}');
  }
  return { text, holes };
}
