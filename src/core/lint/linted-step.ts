import type { Span } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import type { Outline, PlacedStep } from '../definition/check/outline.js';
import { cachesResult } from '../definition/language/caches-result.js';
import { locateText } from '../definition/shape/report-text-problem.js';
import type { ShellText } from '../definition/shape/setting.js';
import { HOLE } from '../script/reading.js';
import type { Shell } from '../script/script-part.js';
import type { CommandReading } from './commands/read-command.js';
import { readCommand } from './commands/read-command.js';

/** A step as the rules see it. */
export interface LintedStep {
  readonly placed: PlacedStep;
  readonly id: string;
  readonly cached: boolean;
  /** What its command does; nothing where it has none. */
  readonly command: LintedCommand | undefined;
}

export interface LintedCommand extends CommandReading {
  readonly text: ShellText;
  readonly shell: Shell;
  /** Offsets of the reading as offsets of the file. */
  readonly locate: (at: Span) => Span;
}

export function lintStep(placed: PlacedStep, outline: Outline, source: SourceText): LintedStep {
  const { step } = placed;
  const own = step.type === 'shell' ? (step.own['command'] as ShellText | undefined) : undefined;
  const shell = (step.own['shell'] as { readonly value: Shell } | undefined)?.value ?? outline.workflow.defaults?.shell?.value ?? 'bash';
  const literal = step.expressions?.value === 'false';
  return {
    placed,
    id: step.id.value,
    cached: cachesResult(step),
    command: own === undefined ? undefined : lintCommand(own, { shell, literal, source }),
  };
}

export function lintCommand(text: ShellText, at: { readonly shell: Shell; readonly literal: boolean; readonly source: SourceText }): LintedCommand {
  const { joined, stretches } = joinTemplate(text, at.literal);
  const valueOffset = (offset: number, end: 'start' | 'end'): number => {
    const stretch = stretches.findLast(({ joinedAt }) => (end === 'start' ? joinedAt <= offset : joinedAt < offset));
    if (stretch === undefined) return offset;
    return end === 'end' && stretch.valueEnd !== undefined ? stretch.valueEnd : stretch.valueAt + offset - stretch.joinedAt;
  };
  return {
    ...readCommand(joined, at.shell),
    text,
    shell: at.shell,
    locate: ([start, end]) => locateText(at.source, text, [valueOffset(start, 'start'), valueOffset(end, 'end')]),
  };
}

/** From here on, offsets in the joined text and in the string value go in step. */
interface Stretch {
  readonly joinedAt: number;
  readonly valueAt: number;
  /** Where the expression ends, if one stands here. */
  readonly valueEnd?: number;
}

/** The text with a `HOLE` for each value; an escaped `\{{` is one character shorter than it was written. */
function joinTemplate({ template }: ShellText, literal: boolean): { readonly joined: string; readonly stretches: readonly Stretch[] } {
  const stretches: Stretch[] = [];
  let joined = '';
  let valueAt = 0;
  for (const part of template) {
    if (part.kind === 'expression') {
      stretches.push({ joinedAt: joined.length, valueAt: part.at[0], valueEnd: part.at[1] });
      joined += HOLE;
      valueAt = part.at[1];
      continue;
    }
    stretches.push({ joinedAt: joined.length, valueAt });
    const escapes = literal ? [] : [...part.text.matchAll(/\{\{/gu)];
    escapes.forEach((escape, index) => stretches.push({ joinedAt: joined.length + escape.index, valueAt: valueAt + escape.index + index + 1 }));
    joined += part.text;
    valueAt += part.text.length + escapes.length;
  }
  return { joined, stretches };
}
