import type { TextEdit } from '../../diagnostic/diagnostic.js';
import { findLineEnd, findLineStart, findTextEnd, isLineEnd, skipBlanks, skipSpaces, type Scan } from './scan.js';

/** Text on the line of a `|` or `>` with deeper lines below is the first line of the block: whether that is so, reported and hidden. */
export function hideBlockText(scan: Scan): boolean {
  const header = /^[|>][-+1-9]*/.exec(scan.text.slice(scan.pos, scan.pos + 4))?.[0] ?? '|';
  const start = scan.pos + header.length;
  const textStart = skipBlanks(scan, start);
  const end = findTextEnd(scan, start);
  const below = findLineEnd(scan, start) + 1;
  const content = skipSpaces(scan, below);
  const width = content - below;
  // What follows on the line lowers the indentation that is asked for; once it is hidden, it does not.
  const isFirst = skipSpaces(scan, findLineStart(scan, scan.pos)) === scan.pos;
  const wanted = isFirst ? scan.indentBefore : scan.indentNext;
  if (header.length > 3 || isLineEnd(scan, content) || width < Math.max(1, wanted)) return false;
  scan.indentNext = wanted;
  scan.problems.add({
    code: 'TG1043',
    message: `text on the line of '${header}', which starts a block of text`,
    span: [textStart, end],
    hint: 'The text of the block starts on the next line.',
    fix: { title: 'Start the text on the next line', edits: [{ span: [start, textStart], text: `\n${' '.repeat(width)}` }], safe: false },
  });
  scan.masks.push({ span: [start, end], as: 'blank' });
  scan.incomplete = true;
  return true;
}

/** Lines of a block that are less indented than its first one, but not as little as the keys around: they were meant to be in it. */
export function hideShallowLine(scan: Scan, lineStart: number, indent: number): void {
  const content = skipSpaces(scan, lineStart);
  const end = findTextEnd(scan, content);
  const edit: TextEdit = { span: [lineStart, content], text: ' '.repeat(indent) };
  scan.problems.add({
    code: 'TG1011',
    message: `this line of the block starts at column ${content - lineStart + 1}, its first line at column ${indent + 1}`,
    span: [content, end],
    hint: 'The lines of a block of text start at the column of its first line, or further right.',
    fix: { title: `Indent by ${indent} spaces`, edits: [edit], safe: false },
  });
  scan.masks.push({ span: [lineStart, end], as: 'blank' });
  scan.incomplete = true;
}
