import type { TextEdit } from '../diagnostic/diagnostic.js';
import type { SourceText } from '../diagnostic/source-text.js';
import type { SingleStep } from '../definition/language/step.js';

/** The edit that gives a step another field, behind its `id`; nothing where the file is written in a way of its own. */
export function addStepField(source: SourceText, { id }: Pick<SingleStep, 'id'>, field: string): TextEdit | undefined {
  const { text } = source;
  const quoted = isQuote(text[id.at[0]]) ? 0 : isQuote(text[id.at[0] - 1]) ? 1 : 0;
  const [start, end] = [id.at[0] - quoted, id.at[1] + quoted];
  const { line, column } = source.positionAt(start);
  const written = source.lineAt(line);
  const before = written.slice(0, column - 1);
  const after = written.slice(column - 1 + end - start);
  if (/[{,]\s*id:\s*$/u.test(before)) return /^\s*[,}]/u.test(after) ? { span: [end, end], text: `, ${field}` } : undefined;
  const lead = /^([ \t]*(?:- +)*)id:[ \t]+$/u.exec(before)?.[1];
  if (lead === undefined || !/^[ \t]*(?:#.*)?$/u.test(after)) return undefined;
  const lineEnd = start - column + 1 + written.length;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: [lineEnd, lineEnd], text: `${lineBreak}${lead.replaceAll('-', ' ')}${field}` };
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}
