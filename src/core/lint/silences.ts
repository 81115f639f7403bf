import type { Span } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import { lintCodes } from './lint-codes.js';
import type { LintFinding } from './lint-rule.js';

/** `# tollgate: allow TG4006 the folder is small`, at a finding or its step or in the comment above. */
export interface Silence {
  readonly line: number;
  readonly codes: readonly string[];
  readonly reason: string;
  readonly at: Span;
}

const form = /#[ \t]*tollgate:[ \t]*allow\b([^\r\n]*)/giu;

/** Comments inside a command count too: they stand where the finding is. */
export function findSilences(source: SourceText): readonly Silence[] {
  return [...source.text.matchAll(form)].map((found): Silence => {
    const { codes = '', reason = '' } = /^[ \t]*(?<codes>(?:TG\w*[ \t,]*)*)(?<reason>.*)$/isu.exec(found[1] ?? '')?.groups ?? {};
    return {
      line: source.positionAt(found.index).line,
      codes: codes.split(/[ \t,]+/u).filter((code) => code !== '').map((code) => code.toUpperCase()),
      reason: reason.replace(/^[-—:(\s]+/u, '').trim(),
      at: [found.index, found.index + found[0].trimEnd().length],
    };
  });
}

/** A silence has to say what it allows, and why. */
export function checkSilence({ codes, reason, at }: Silence): readonly LintFinding[] {
  const unknown = codes.find((code) => !Object.hasOwn(lintCodes, code));
  const problem =
    codes.length === 0 ? 'this silence names no code' : unknown !== undefined ? `${unknown} is no code of lint` : reason === '' ? 'this silence gives no reason' : undefined;
  if (problem === undefined) return [];
  return [{ code: 'TG4020', severity: 'warning', message: `${problem}, and silences nothing`, span: at, hint: `write: # tollgate: allow ${codes[0] ?? 'TG4006'} why it is right here` }];
}

/** Answers whether a finding is allowed where it stands, or at its step. */
export function createSilencer(silences: readonly Silence[], source: SourceText): (finding: LintFinding) => boolean {
  const allowed = new Set(silences.filter((silence) => checkSilence(silence).length === 0).flatMap(({ line, codes }) => codes.map((code) => `${line} ${code}`)));
  if (allowed.size === 0) return () => false;
  return ({ code, span, step }) => {
    const places = [span[0], ...(step === undefined ? [] : [step.step.at[0], step.step.id.at[0]])];
    return places.some((offset) => findCoveredLines(source, source.positionAt(offset).line).some((line) => allowed.has(`${line} ${code}`)));
  };
}

/** A line and the lines above it that hold a comment and nothing else. */
function findCoveredLines(source: SourceText, line: number): readonly number[] {
  const lines = [line];
  for (let above = line - 1; above > 0 && /^[ \t]*#/u.test(source.lineAt(above)); above--) lines.push(above);
  return lines;
}
