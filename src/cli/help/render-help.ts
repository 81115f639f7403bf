import { nearestName } from '../../core/diagnostic/nearest-name.js';
import type { CommandSpec } from '../command.js';
import { commandTable, findCommand } from '../commands.js';
import { renderColumns, secondColumn, wrapText } from '../layout.js';
import type { OptionName } from '../options.js';
import { everywhere, isRepeatable, keyOf, specOf, variableOf } from '../options.js';
import type { Paint } from '../../core/report/paint.js';

export interface HelpPage {
  readonly paint: Paint;
  readonly calledAs: string;
  readonly columns: number;
}

const groups: readonly (readonly [CommandSpec['group'], string])[] = [
  ['start', 'Start'],
  ['check', 'Before and during a run'],
  ['look', 'Look things up'],
  ['tool', 'Around it'],
];

/** What `--help` prints: for one command, or for all of them. */
export function renderHelp(name: string | undefined, page: HelpPage): string {
  const command = name === undefined ? undefined : findCommand(name);
  const lines = command === undefined ? describeAll(page) : describeCommand(command, page);
  return `${lines.join('\n')}\n`;
}

export function nearestCommand(word: string): string | undefined {
  return nearestName(word, commandTable.map(({ name }) => name));
}

function describeAll(page: HelpPage): readonly string[] {
  const { paint, calledAs } = page;
  return [
    ...paragraph('Phased workflows, the same on GitHub Actions and on a laptop: steps whose inputs did not change are skipped, gates open only on proof, and a stopped run goes on where it was.', page),
    '',
    `${paint.strong('Usage:')} ${calledAs} <command> [options]`,
    ...sections(groups.map(([group, title]) => ({ title, rows: commandRows(group, paint) })), page),
    '',
    paint.strong('Examples'),
    ...examples([{ call: 'init', says: 'begin: write a first workflow that fits this folder' }, { call: 'plan ci', says: 'what would run, in what order, and why' }, { call: 'help plan', says: 'one command, with its options' }], page),
    ...sections([{ title: 'Everywhere', rows: optionRows(everywhere, paint) }], page),
    '',
    ...paragraph('Every option has a TOLLGATE_* variable and a key in .tollgate.yml: --max-parallel is TOLLGATE_MAX_PARALLEL and max_parallel. A flag wins over a variable, a variable over the file.', page),
    '',
    ...paragraph('Exit codes: 0 succeeded, 1 failed or doubtful, 2 the workflow or the call is wrong, 3 a fault of tollgate itself.', page),
  ];
}

function describeCommand(command: CommandSpec, page: HelpPage): readonly string[] {
  const { paint, calledAs } = page;
  const { name, summary, about, argument, options } = command;
  const usage = [calledAs, name, ...(argument === undefined ? [] : [argument.usage]), ...(options.length === 0 ? [] : ['[options]'])].join(' ');
  return [
    ...paragraph(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, page),
    ...(about === undefined ? [] : ['', ...paragraph(about, page)]),
    '',
    `${paint.strong('Usage:')} ${usage}`,
    '',
    paint.strong('Examples'),
    ...examples(command.examples, page),
    ...sections([...(options.length === 0 ? [] : [{ title: 'Options', rows: optionRows(options, paint) }]), { title: 'Everywhere', rows: optionRows(everywhere, paint) }], page),
    ...settingsNote(options, page),
  ];
}

function settingsNote(options: readonly OptionName[], page: HelpPage): readonly string[] {
  const plain = options.filter((name) => specOf(name).means === undefined && specOf(name).form !== 'pairs');
  const example = plain.find((name) => name.includes('-')) ?? plain.at(-1);
  if (example === undefined) return [];
  return ['', ...paragraph(`Each option can be set for good: --${example} is ${variableOf(example) ?? ''} in the environment and ${keyOf(example) ?? ''} in .tollgate.yml.`, page)];
}

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

/** Sections under one another whose second columns stand in one line. */
function sections(all: readonly Section[], page: HelpPage): readonly string[] {
  const column = secondColumn(all.flatMap(({ rows }) => rows), 26);
  return all.flatMap(({ title, rows }) => ['', page.paint.strong(title), ...renderColumns(rows, { width: widthOf(page), column })]);
}

function commandRows(group: CommandSpec['group'], paint: Paint): Section['rows'] {
  return commandTable.filter((command) => command.group === group).map(({ name, argument, summary }) => [`${paint.info(name)} ${argument?.usage ?? ''}`.trimEnd(), summary]);
}

function optionRows(names: readonly OptionName[], paint: Paint): Section['rows'] {
  return names.map((name) => [paint.info(describeFlag(name)), describeOption(name)]);
}

/** `-C, --folder <folder>`. */
export function describeFlag(name: OptionName): string {
  const { short, usage } = specOf(name);
  return `${short === undefined ? '' : `-${short}, `}--${name}${usage === undefined ? '' : ` ${usage}`}`;
}

/** The summary with choices, default and whether it can be repeated. */
export function describeOption(name: OptionName): string {
  const spec = specOf(name);
  const fallback = spec.default ?? spec.unset;
  const notes = [
    ...(spec.choices === undefined ? [] : [spec.choices.join(', ')]),
    ...(isRepeatable(spec) ? ['repeatable'] : []),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
  ];
  return notes.length === 0 ? spec.summary : `${spec.summary} (${notes.join('; ')})`;
}

function examples(all: CommandSpec['examples'], page: HelpPage): readonly string[] {
  return all.flatMap(({ call, says }, index) => [...(index === 0 ? [] : ['']), page.paint.faint(`  # ${says}`), `  ${page.calledAs} ${call}`]);
}

function paragraph(text: string, page: HelpPage): readonly string[] {
  return wrapText(text, widthOf(page));
}

function widthOf({ columns }: HelpPage): number {
  return Math.min(80, columns);
}
