import type { StepSummary } from '../run-summary.js';
import { escapeHidden, widthOf } from '../visible-text.js';
import { toPlainLine } from './plain-line.js';
import { describeCells, describeElapsed, describeEnd, markOf, oneLine } from './run-words.js';
import { toWorkflowCommand } from '../workflow-command.js';

/** Whose lines these are: a step, or one cell of it. */
export interface LogSource {
  readonly id: string;
  readonly number: string;
  /** `node=20, os=linux`; null for a step without a matrix. */
  readonly cell: string | null;
  /** A background step never keeps others from being seen while it goes on. */
  readonly background: boolean;
}

/** How it ended, as its summary says; a cell's end takes its own status and times. */
export type LogEnd = Pick<StepSummary, 'status' | 'durationMs' | 'cached' | 'attempts' | 'because' | 'failure' | 'cells'>;

/** The text for a plain log, whole lines, after each thing that happens. */
export interface LogWriter {
  readonly started: (source: LogSource) => string;
  /** One line of output, masked already, without its end. */
  readonly line: (source: LogSource, text: string) => string;
  readonly ended: (source: LogSource, end: LogEnd) => string;
  /** What is still held back, when the run stops in between. */
  readonly close: () => string;
}

export interface LogWriterOptions {
  /** Groups that fold, as a job's log on GitHub shows them. */
  readonly github: boolean;
  /** Columns of the prefix, so that the lines stand below each other. */
  readonly prefixWidth?: number;
}

export function createLogWriter({ github, prefixWidth = 0 }: LogWriterOptions): LogWriter {
  return github ? createGroupedWriter(prefixWidth) : createPrefixedWriter(prefixWidth);
}

/** Lines as they come; the prefix says whose they are. */
function createPrefixedWriter(prefixWidth: number): LogWriter {
  return {
    started: (source) => `▶ ${describeSource(source)} started\n`,
    line: (source, text) => toLogLine(source, text, prefixWidth),
    ended: (source, end) => `${describeLogEnd(source, end)}\n`,
    close: () => '',
  };
}

interface OpenStep {
  readonly source: LogSource;
  readonly held: HeldLines;
  /** Part of it stands in a group already. */
  shown: boolean;
}

/**
 * Groups cannot overlap. One step at a time streams into an open group; the lines of the others are held. When one of
 * those ends, the open group is closed, the ended step is shown whole, and the group is opened again with the next line
 * that belongs there: no end waits for another step, and how each step ended stands outside the groups, where it
 * is seen without unfolding anything.
 */
function createGroupedWriter(prefixWidth: number): LogWriter {
  const open = new Map<string, OpenStep>();
  let streaming: OpenStep | undefined;
  let groupIsOpen = false;

  const closeGroup = (): string => {
    const text = groupIsOpen ? `${toWorkflowCommand('endgroup', '')}\n` : '';
    groupIsOpen = false;
    return text;
  };
  const openGroup = (step: OpenStep): string => {
    if (groupIsOpen) return '';
    groupIsOpen = true;
    const goesOn = step.shown ? ' (goes on)' : '';
    step.shown = true;
    return `${toWorkflowCommand('group', `${describeSource(step.source)}${goesOn}`)}\n`;
  };
  const showHeld = (step: OpenStep): string => {
    const text = step.held.take();
    return text === '' ? '' : `${openGroup(step)}${text}`;
  };
  /** The one that waits longest goes on in the open. */
  const streamNext = (): string => {
    streaming = [...open.values()].find(({ source }) => !source.background);
    return streaming === undefined ? '' : showHeld(streaming);
  };
  /** A step that is tried again goes on in what it has. */
  const begin = (source: LogSource): OpenStep => {
    const known = open.get(keyOf(source));
    if (known !== undefined) return known;
    const step: OpenStep = { source, held: holdLines(), shown: false };
    open.set(keyOf(source), step);
    return step;
  };

  return {
    started: (source) => {
      begin(source);
      return streaming === undefined ? streamNext() : '';
    },
    line: (source, text) => {
      const step = begin(source);
      const line = toLogLine(source, text, prefixWidth);
      if (step === streaming) return `${openGroup(step)}${line}`;
      step.held.add(line);
      return '';
    },
    ended: (source, end) => {
      const step = open.get(keyOf(source));
      const before = step === undefined || step === streaming ? '' : closeGroup();
      const output = step === undefined ? '' : showHeld(step);
      open.delete(keyOf(source));
      const shown = `${before}${output}${closeGroup()}${describeLogEnd(source, end)}\n`;
      return step === streaming || streaming === undefined ? `${shown}${streamNext()}` : shown;
    },
    close: () => {
      let text = closeGroup();
      for (const step of open.values()) text += `${showHeld(step)}${closeGroup()}`;
      open.clear();
      streaming = undefined;
      return text;
    },
  };
}

interface HeldLines {
  readonly add: (line: string) => void;
  /** All that is held; nothing is held after it. */
  readonly take: () => string;
}

/** Characters that are held of one step at its start, and as many at its end. */
const mostHeld = 256 * 1024;

/** The first and the last lines, and how many there were between: a step that waits does not fill the memory. */
function holdLines(): HeldLines {
  let head: string[] = [];
  let tail: string[] = [];
  let headLength = 0;
  let tailLength = 0;
  let dropped = 0;
  let first = 0;
  return {
    add: (line) => {
      if (tail.length === 0 && headLength + line.length <= mostHeld) {
        head.push(line);
        headLength += line.length;
        return;
      }
      tail.push(line);
      tailLength += line.length;
      while (tailLength > mostHeld && first < tail.length - 1) {
        tailLength -= tail[first]?.length ?? 0;
        first++;
        dropped++;
      }
      if (first > 1_000 && first > tail.length / 2) {
        tail = tail.slice(first);
        first = 0;
      }
    },
    take: () => {
      const between = dropped === 0 ? '' : `… ${dropped} lines are left out here; the step's log file has them all\n`;
      const text = `${head.join('')}${between}${tail.slice(first).join('')}`;
      [head, tail, headLength, tailLength, dropped, first] = [[], [], 0, 0, 0, 0];
      return text;
    },
  };
}

function keyOf({ id, cell }: LogSource): string {
  return JSON.stringify([id, cell]);
}

function nameOf({ id, cell }: LogSource): string {
  return disarm(escapeHidden(cell === null ? id : `${id}[${cell}]`));
}

function describeSource(source: LogSource): string {
  return `${source.number} ${nameOf(source)}`;
}

/** The prefix is what keeps a line of a program from ever being read as a command at the line's start. */
function toLogLine(source: LogSource, text: string, prefixWidth: number): string {
  const name = nameOf(source);
  const prefix = `${name}${' '.repeat(Math.max(0, prefixWidth - widthOf(name)))}`;
  return `${`${prefix} │ ${disarm(toPlainLine(text))}`.trimEnd()}\n`;
}

/** Older commands, `##[x]` and `##vso[x]`, are read wherever they stand in a line. */
function disarm(text: string): string {
  return text.replace(/##(?=\[|vso\[)/giu, '# #');
}

function describeLogEnd(source: LogSource, end: LogEnd): string {
  const { status, durationMs, cached, attempts, because, failure, cells } = end;
  const ran = status !== 'skipped' && status !== 'pending';
  const notes = [
    ...(cached ? ['cached'] : []),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(cells === null ? [] : [describeCells(cells)]),
  ];
  const word = describeEnd({ ...end, label: '', tail: [] });
  const how = `${word}${ran ? ` in ${describeElapsed(durationMs)}` : ''}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
  const why = failure !== null ? `: ${failure.message} (${failure.code})` : because === null ? '' : `: ${because}`;
  return `${markOf(status)} ${describeSource(source)} ${how}${disarm(escapeHidden(oneLine(why)))}`;
}
