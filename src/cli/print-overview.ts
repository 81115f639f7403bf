import { findWorkflows } from '../adapters/local/find-workflows.js';
import { quoteWord } from './called-as.js';
import { renderNext } from './call-problem.js';
import type { Call, ExitCode } from './command.js';
import { renderColumns, secondColumn, wrapText } from './layout.js';
import { createPaint } from '../core/report/paint.js';
import { version } from '../assembly/version.js';

/** What a bare `tollgate` prints: what is here and what to type next. */
export function printOverview({ terminal, calledAs, workspace, options }: Call): ExitCode {
  const found = findWorkflows(workspace);
  if (options.json.value) {
    terminal.out(`${JSON.stringify({ version, workspace, workflows: found.map(({ name, file }) => ({ name, file })) }, null, 2)}\n`);
    return 0;
  }
  const paint = createPaint(terminal.color);
  const [first] = found;
  const shown = found.slice(0, mostShown);
  const rows = shown.map(({ name, file }) => [paint.info(name), paint.faint(file)] as const);
  const lines = [
    `${paint.strong('Tollgate')} ${version}`,
    '',
    ...(first === undefined
      ? wrapText('There is no workflow here yet: they lie in .github/tollgate/, .tollgate/workflows/ or workflows-examples/.', Math.min(80, terminal.columns))
      : [paint.strong('Workflows here'), ...renderColumns(rows, { width: Infinity, column: secondColumn(rows, 40) })]),
    ...(found.length > shown.length ? [`  … and ${found.length - shown.length} more: ${calledAs} list`] : []),
    '',
    paint.strong('Next'),
    ...renderNext(first === undefined ? toBegin : toGoOn(quoteWord(first.name)), { paint, calledAs }),
  ];
  terminal.out(`${lines.join('\n')}\n`);
  return 0;
}

const mostShown = 12;

const toBegin = [
  { call: 'init', says: 'write a first workflow that fits this folder' },
  { call: '--help', says: 'all commands' },
];

const toGoOn = (name: string) => [
  { call: `run ${name}`, says: 'run it' },
  { call: `plan ${name}`, says: 'what would run, in what order, and why' },
  { call: `show ${name}`, says: 'what it takes and gives back' },
  { call: 'validate', says: 'check all of them' },
  { call: '--help', says: 'all commands' },
];
