import type { DiagnosticCode } from '../diagnostic/codes.js';
import type { ErrorPage } from '../diagnostic/error-page.js';
import type { Paint } from './paint.js';

export interface TitledPage {
  readonly code: DiagnosticCode;
  readonly title: string;
  readonly page: ErrorPage;
}

/** The page of a code, in lines that fit the terminal. */
export function renderErrorPage({ code, title, page }: TitledPage, look: { readonly paint: Paint; readonly columns: number }): string {
  const { paint } = look;
  const width = Math.min(look.columns, 88);
  const part = (heading: string, text: string): readonly string[] => ['', paint.strong(heading), ...wrap(text, width - 2).map((line) => `  ${line}`)];
  const example = (heading: string, code: string, mark: (text: string) => string): readonly string[] => ['', mark(heading), ...code.split('\n').map((line) => `  ${line}`)];
  const lines = [
    `${paint.strong(code)}  ${title}`,
    '',
    ...wrap(page.meaning, width),
    ...part('Why', page.why),
    ...part('What to do', page.fix),
    ...(page.example === undefined ? [] : [...example('Instead of', page.example.wrong, paint.warning), ...example('write', page.example.right, paint.good)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Words in lines; what stands between backticks is never cut. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/gu) ?? []) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
