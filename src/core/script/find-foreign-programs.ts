import type { Span } from '../diagnostic/diagnostic.js';
import { baseName, findProgram } from './find-program.js';
import { readScript } from './read-script.js';
import type { ScriptReading } from './read-script.js';
import type { SimpleCommand, Stretch, Word } from './reading.js';
import type { ScriptPart } from './script-part.js';
import { literalOf, literalStart } from './read-word.js';

/** A value in the program text of something that is no shell of ours, and at which place of the workflow. */
export interface ForeignProgram {
  readonly program: string;
  readonly at: Span;
}

/** How a program is called. */
interface Calling {
  /** Options whose next word is program text; `-e` fits `-ne`, too. */
  readonly text: RegExp;
  /** Options whose next word is something else. */
  readonly takes: RegExp;
  /** How many operands come before program text: 0 for awk, 1 for ssh (its host); none where text is given by options alone. */
  readonly skip?: number;
  /** All operands from there on, not just one. */
  readonly all?: true;
  /** An option that says that no operand is program text. */
  readonly instead?: RegExp;
  /** Options may stand behind operands. */
  readonly anywhere?: true;
  /** Without a program text it reads one from its input. */
  readonly input?: true;
}

const NEVER = /(?!)/;
const CALLINGS: readonly (readonly [name: RegExp, program: string, calling: Calling])[] = [
  [/^ssh$/, 'ssh', { text: NEVER, takes: /^-[A-Za-z0-9]*[BbcDEeFIiJLlmOoPpQRSWw]$/, skip: 1, all: true, input: true }],
  [/^su$/, 'su', { text: /^-[a-z]*c$|^--(?:command|session-command)$/, takes: /^-[sgGTw]$|^--(?:shell|group)$/, input: true, anywhere: true }],
  [/^python[0-9.]*$/, 'python -c', { text: /^-[A-Za-z]*c$/, takes: /^-[WXm]$/, instead: /^-m$/, input: true }],
  [/^node(?:js)?$/, 'node -e', { text: /^-[A-Za-z]*[ep]$|^--(?:eval|print)$/, takes: /^-[rC]$|^--(?:require|import|loader)$/, input: true }],
  [/^[gmn]?awk$/, 'awk', { text: /^-e$|^--source$/, takes: /^-[FvfEil]$|^--(?:assign|file|field-separator)$/, skip: 0, instead: /^-[fE]|^--file/ }],
  [/^g?sed$/, 'sed', { text: /^-[A-Za-z]*e$|^--expression$/, takes: /^-[fl]$|^--(?:file|line-length)$/, skip: 0, instead: /^-[A-Za-z]*[ef]|^--(?:expression|file)/, anywhere: true }],
  [/^jq$/, 'jq', { text: NEVER, takes: /^-[fL]$|^--(?:from-file|indent|tab)$/, skip: 0, instead: /^-[A-Za-z]*f$|^--from-file/, anywhere: true }],
  [/^psql$/, 'psql', { text: /^-[A-Za-z]*c$|^--command$/, takes: /^-[dfhopvPRTULF]$|^--(?:dbname|file|host|port|username|set|variable|output)$/, input: true, anywhere: true }],
];
/** `--arg name value` of jq takes two words. */
const TAKES_TWO = /^--(?:arg|argjson|slurpfile|rawfile)$/;

/** Values in the program text of ssh, su, python -c, node -e, awk, sed, jq and psql: quoted for the shell, but not for these. */
export function findForeignPrograms(parts: readonly ScriptPart[]): readonly ForeignProgram[] {
  const script = readScript(parts, 'bash');
  return script.reading.commands.flatMap((command) => {
    const { word, operands } = findProgram(command.words, new Set());
    const name = baseName(literalOf(word) ?? '');
    const known = CALLINGS.find(([pattern]) => pattern.test(name));
    if (known === undefined) return [];
    const [, program, calling] = known;
    return textsOf(script, command, { operands, calling }).flatMap((text) => valuesIn(script, text).map((at) => ({ program, at })));
  });
}

function textsOf(script: ScriptReading, command: SimpleCommand, call: { readonly operands: readonly Word[]; readonly calling: Calling }): readonly Stretch[] {
  const { calling } = call;
  const texts: Word[] = [];
  const operands: Word[] = [];
  let hasInstead = false;
  for (let index = 0; index < call.operands.length; index++) {
    const word = call.operands[index];
    if (word === undefined) break;
    const start = literalStart(word);
    const option = literalOf(word) ?? start;
    if (!/^-./.test(start) || (calling.anywhere !== true && operands.length > (calling.skip ?? 0))) operands.push(word);
    else if (calling.text.test(option)) texts.push(...call.operands.slice(++index, index + 1));
    else if (calling.takes.test(option)) index++;
    else if (TAKES_TWO.test(option)) index += 2;
    else if (calling.text.test(start.replace(/=.*$/, '')) || calling.text.test(start.slice(0, 2))) texts.push(word);
    hasInstead ||= calling.instead?.test(start) === true;
  }
  if (calling.skip !== undefined && !hasInstead) texts.push(...operands.slice(calling.skip, calling.all ? undefined : calling.skip + 1));
  const readsInput = calling.input === true && texts.length === 0 && operands.length <= (calling.skip ?? 0) && !hasInstead;
  return readsInput ? [...texts, ...command.inputs, ...bodiesOf(script, command)] : texts;
}

function bodiesOf({ reading }: ScriptReading, command: SimpleCommand): readonly Stretch[] {
  return command.hereDocuments.flatMap((operator) => reading.hereDocuments.get(operator) ?? []);
}

function valuesIn({ holes, reading }: ScriptReading, stretch: Stretch): readonly Span[] {
  return holes.filter(({ offset }) => offset >= stretch.start && offset < stretch.end && reading.places.get(offset) !== 'comment').map((hole) => hole.part.at);
}
