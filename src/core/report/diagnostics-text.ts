import type { Diagnostic, Fix, Severity } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import { renderExcerpt } from './excerpt.js';
import type { Message } from './message.js';
import { paintOf, renderMessage } from './message.js';
import type { Paint } from './paint.js';
import { escapeHidden } from './visible-text.js';

/** What was found in one file. */
export interface FileFindings {
  readonly source: SourceText;
  readonly diagnostics: readonly Diagnostic[];
}

export interface TextLook {
  readonly paint: Paint;
  readonly columns: number;
  /** How the user called us, for the commands that we print. */
  readonly calledAs: string;
  /** Every problem, however many there are. */
  readonly verbose: boolean;
}

/** What a person reads before losing heart; the rest is counted. */
const mostShown = 20;

/** Problems in the message form, those that block first where not all are shown. */
export function renderDiagnostics(files: readonly FileFindings[], look: TextLook): string {
  const all = files.flatMap(({ source, diagnostics }) => diagnostics.map((diagnostic) => ({ source, diagnostic })));
  const shown = new Set(look.verbose || all.length <= mostShown ? all : [...all].sort((a, b) => rank(a.diagnostic) - rank(b.diagnostic)).slice(0, mostShown));
  const blocks: string[] = [];
  for (const found of all) {
    if (!shown.has(found)) continue;
    const learn = blocks.length === 0 ? [`Run: ${look.calledAs} errors ${found.diagnostic.code}`] : [];
    blocks.push(renderDiagnostic(found.source, found.diagnostic, { look, learn }).join('\n'));
  }
  const hidden = all.length - shown.size;
  if (hidden > 0) blocks.push(look.paint.faint(`… and ${hidden} more ${hidden === 1 ? 'problem' : 'problems'}; --verbose shows all ${all.length}`));
  return blocks.map((block) => `${block}\n`).join('\n');
}

function rank({ severity }: Diagnostic): number {
  return { error: 0, warning: 1, info: 2 }[severity];
}

function renderDiagnostic(source: SourceText, diagnostic: Diagnostic, how: { readonly look: TextLook; readonly learn: readonly string[] }): readonly string[] {
  const { paint, columns } = how.look;
  const mark = paintOf(diagnostic.severity, paint);
  const related = (diagnostic.related ?? []).flatMap(({ message, span }) => [
    `  ${escapeHidden(message)}: ${escapeHidden(placeOf(source, span[0]))}`,
    ...renderExcerpt(source, span, { paint, columns, mark: paint.info }),
  ]);
  const message: Message = {
    ...diagnostic,
    at: placeOf(source, diagnostic.span[0]),
    excerpt: [...renderExcerpt(source, diagnostic.span, { paint, columns, mark }), ...related],
    ways: [...waysOut(diagnostic), ...how.learn],
  };
  return renderMessage(message, paint);
}

function placeOf({ file, positionAt }: SourceText, offset: number): string {
  const { line, column } = positionAt(offset);
  return `${file}:${line}:${column}`;
}

/** The hint and the fix, said once where they say the same. */
function waysOut({ hint, fix }: Diagnostic): readonly string[] {
  const written = fix === undefined ? undefined : describeFix(fix);
  const said = hint === undefined ? undefined : asSentence(hint);
  if (said === undefined || written === undefined) return [said ?? written ?? []].flat();
  return saysTheSame(said, written) ? [written] : [said, written];
}

function describeFix({ title }: Fix): string {
  const write = /^write (?!it|as )(.+)$/isu.exec(title);
  return write === null ? asSentence(title) : `Write: ${write[1] ?? ''}`;
}

function saysTheSame(hint: string, fix: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[:.\s]/gu, '');
  return plain(hint) === plain(fix);
}

/** Upper case first, unless it is a key that comes first; one sentence needs no full stop. */
function asSentence(text: string): string {
  const start = /^[a-z]+(?:[ ,;]|$)/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return start.slice(0, -1).includes('. ') ? start : start.replace(/(?<!\.)\.$/u, '');
}

/** «2 problems block, 1 warning», for the line at the end. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity): number => diagnostics.filter((each) => each.severity === severity).length;
  const parts = [
    countOf(count('error'), 'problem', 'problems'),
    countOf(count('warning'), 'warning', 'warnings'),
    countOf(count('info'), 'note', 'notes'),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function countOf(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}
