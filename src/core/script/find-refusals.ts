import type { TextProblem } from '../expression/problem.js';
import type { CodeStretch, Refused, Stretch } from './reading.js';
import type { Hole, ScriptReading } from './read-script.js';
import type { ScriptCode } from './script-codes.js';
import { firstNotBelow } from './sorted-search.js';

/** Every value of the command that cannot be handed over, each with the reason that stands nearest to it. */
export function findRefusals(script: ScriptReading, isWhole: boolean): TextProblem[] {
  const { reading, holes } = script;
  if (holes.length === 0) return [];
  const found = new Map<number, Refused>();
  const note = (hole: Hole | undefined, refused: Refused): void => {
    if (hole === undefined) return;
    const known = found.get(hole.offset);
    if (known === undefined || known.code === 'TG2110' || refused.code !== 'TG2110' && refused.end - refused.start < known.end - known.start) found.set(hole.offset, refused);
  };
  for (const refused of reading.refused) for (const hole of holesIn(script, refused)) note(hole, refused);
  for (const code of reading.code) noteCode(script, code, note);
  if (isWhole) note(holes[0], { start: 0, end: 0, code: 'TG2109', by: 'the command' });
  const problems = holes.flatMap((hole) => {
    const refused = found.get(hole.offset);
    return refused === undefined ? [] : [describe(hole, refused)];
  });
  const trouble = reading.trouble ?? findUnread(script, found);
  if (trouble === undefined) return problems;
  const doubtful = holes.find((hole) => hole.offset >= trouble.at) ?? holes.at(-1);
  if (doubtful === undefined || found.has(doubtful.offset)) return problems;
  return [...problems, describe(doubtful, { start: trouble.at, end: trouble.at, code: 'TG2112', by: trouble.why })];
}

/** A value that no reading function has come by: a fault of ours, and no reason to let it pass. */
function findUnread({ holes, reading }: ScriptReading, found: ReadonlyMap<number, Refused>): { readonly at: number; readonly why: string } | undefined {
  const unread = holes.find((hole) => !reading.places.has(hole.offset) && !found.has(hole.offset));
  return unread && { at: unread.offset, why: 'the text around it cannot be read' };
}

function noteCode(script: ScriptReading, code: CodeStretch, note: (hole: Hole | undefined, refused: Refused) => void): void {
  for (const hole of holesIn(script, code)) {
    if (code.kind !== 'arithmetic') note(hole, { ...code, code: DIRECT[code.kind] });
    else if (hole.part.type === 'other') note(hole, { ...code, code: 'TG2110' });
  }
  const source = script.trail.valueIn(code);
  if (source?.through !== undefined) noteThrough(script, source.at, { ...code, code: 'TG2111', by: `\`$${source.through}\` in ${code.by}` }, note);
  for (const name of code.names ?? []) {
    const at = script.trail.valueOf(name);
    if (at !== undefined) noteThrough(script, at, { ...code, code: 'TG2111', by: `\`${name}\` in ${code.by}` }, note);
  }
}

function noteThrough(script: ScriptReading, at: number, refused: Refused, note: (hole: Hole | undefined, refused: Refused) => void): void {
  note(holeAt(script, at), refused);
}

function holeAt(script: ScriptReading, offset: number): Hole | undefined {
  return holesIn(script, { start: offset, end: offset + 1 })[0];
}

const DIRECT: Readonly<Record<'program' | 'name' | 'backticks', ScriptCode>> = { program: 'TG2107', name: 'TG2108', backticks: 'TG2103' };

/** Values in comments are dropped, wherever the comment stands. */
function holesIn(script: ScriptReading, stretch: Stretch): readonly Hole[] {
  const { holes, reading } = script;
  const inside: Hole[] = [];
  for (let index = firstNotBelow(holes, (hole) => hole.offset, stretch.start); index < holes.length; index++) {
    const hole = holes[index];
    if (hole === undefined || hole.offset >= stretch.end) break;
    if (reading.places.get(hole.offset) !== 'comment') inside.push(hole);
  }
  return inside;
}

const ENV = 'name it under `env:` (`NAME: "{{ … }}"`) and write `"$NAME"` in the command';

const MESSAGES: Readonly<Record<ScriptCode, ((by: string) => readonly [message: string, hint: string]) | undefined>> = {
  TG2101: () => ['a value cannot stand in a here-document whose end word is quoted: the shell replaces nothing in it', `take the quotes off the end word and write \\$ for the dollar signs that are meant as such, or ${ENV}`],
  TG2102: () => ["a value cannot be a here-document's end word", `write a fixed end word; for the text itself, ${ENV}`],
  TG2103: () => ['a value cannot stand in backticks: the shell reads their text twice', `write $( … ) in place of the backticks, or ${ENV}`],
  TG2104: () => ['a value cannot stand inside ${…}', `${ENV}; or set a variable first: X={{ … }}`],
  TG2105: () => ['a value cannot stand in an array subscript: the shell would evaluate it', ENV],
  TG2106: (by) => [`a value cannot stand right behind ${by}: it would take away the quoting of the value`, `put the value into a word or quotes of its own, or ${ENV}`],
  TG2107: (by) => [`a value cannot stand in program text (${by}): the shell would run it`, `hand it to the program as an argument: bash -c '… "$1"' _ {{ x }}; or ${ENV}, in single quotes`],
  TG2108: (by) => [`a value cannot be a variable's name or an option here (${by}): bash evaluates it`, `write the name out; for a value that is no name, ${ENV}`],
  TG2109: () => ['a value alone cannot be the whole command: the shell would look for a program of that name', `write the program and give it the value: my-program {{ x }}; or ${ENV}`],
  TG2110: (by) => [`only a number or a boolean can stand in arithmetic (${by}): bash evaluates any other text`, `use an input of type number, or compare with [ … -eq … ], which evaluates nothing; else ${ENV} after checking it`],
  TG2111: (by) => [`this value comes through ${by}, which evaluates it`, `compare with [ … -eq … ], which evaluates nothing, or check the text first and ${ENV}`],
  TG2112: (by) => [`it cannot be told where this value stands: ${by}`, ENV],
  TG2113: (by) => [`a value cannot stand in ${by}`, `write it in double quotes, or ${ENV}`],
  TG2114: (by) => [`a value cannot be ${by} while another value is its argument: a program named \`eval\` would run it`, `write the program out, or give its path with a / in it; or ${ENV}`],
  TG2115: undefined, TG2116: undefined, TG2117: undefined, TG2118: undefined, TG2119: undefined, TG2120: undefined,
};

function describe(hole: Hole, refused: Refused): TextProblem {
  const [message, hint] = MESSAGES[refused.code]?.(refused.by) ?? [refused.by, ENV];
  return { code: refused.code, message, at: hole.part.at, hint: hint.includes('env:') ? hint : `${hint}; or ${ENV}` };
}
